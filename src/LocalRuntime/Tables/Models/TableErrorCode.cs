namespace Azure.Data.Tables.Models;

/// <summary>Codes by which the service names its refusals: what <see cref="RequestFailedException.ErrorCode"/> is compared with.</summary>
/// <remarks>Source: https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes.</remarks>
public readonly struct TableErrorCode : IEquatable<TableErrorCode>
{
    private readonly string _value;

    /// <param name="value">The code as the service writes it.</param>
    public TableErrorCode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>400: a transaction names more than one partition.</summary>
    public static TableErrorCode CommandsInBatchActOnDifferentPartitions { get; } = new("CommandsInBatchActOnDifferentPartitions");

    /// <summary>400: a property stands twice.</summary>
    public static TableErrorCode DuplicatePropertiesSpecified { get; } = new("DuplicatePropertiesSpecified");

    /// <summary>409: the row to insert is there.</summary>
    public static TableErrorCode EntityAlreadyExists { get; } = new("EntityAlreadyExists");

    /// <summary>404: the row is not there.</summary>
    public static TableErrorCode EntityNotFound { get; } = new("EntityNotFound");

    /// <summary>400: the row is over 1 MiB.</summary>
    public static TableErrorCode EntityTooLarge { get; } = new("EntityTooLarge");

    /// <summary>403.</summary>
    public static TableErrorCode Forbidden { get; } = new("Forbidden");

    /// <summary>400: a transaction names a row twice.</summary>
    public static TableErrorCode InvalidDuplicateRow { get; } = new("InvalidDuplicateRow");

    /// <summary>400: the request is not understood, or a transaction has over 100 actions.</summary>
    public static TableErrorCode InvalidInput { get; } = new("InvalidInput");

    /// <summary>400: a value does not fit its type.</summary>
    public static TableErrorCode InvalidValueType { get; } = new("InvalidValueType");

    /// <summary>400: a key is over 1 KiB.</summary>
    public static TableErrorCode KeyValueTooLarge { get; } = new("KeyValueTooLarge");

    /// <summary>500: the service gave up.</summary>
    public static TableErrorCode OperationTimedOut { get; } = new("OperationTimedOut");

    /// <summary>400: a key holds a forbidden character, or a date lies before 1601.</summary>
    public static TableErrorCode OutOfRangeInput { get; } = new("OutOfRangeInput");

    /// <summary>400: a key is missing.</summary>
    public static TableErrorCode PropertiesNeedValue { get; } = new("PropertiesNeedValue");

    /// <summary>400: a property's name is no identifier.</summary>
    public static TableErrorCode PropertyNameInvalid { get; } = new("PropertyNameInvalid");

    /// <summary>400: a property's name is over 255 characters.</summary>
    public static TableErrorCode PropertyNameTooLong { get; } = new("PropertyNameTooLong");

    /// <summary>400: a value is over 64 KiB.</summary>
    public static TableErrorCode PropertyValueTooLarge { get; } = new("PropertyValueTooLarge");

    /// <summary>404: the row is not there.</summary>
    public static TableErrorCode ResourceNotFound { get; } = new("ResourceNotFound");

    /// <summary>409: the table to create is there.</summary>
    public static TableErrorCode TableAlreadyExists { get; } = new("TableAlreadyExists");

    /// <summary>409: a table of that name is still being deleted, for 40 s or so.</summary>
    public static TableErrorCode TableBeingDeleted { get; } = new("TableBeingDeleted");

    /// <summary>404: the table is not there.</summary>
    public static TableErrorCode TableNotFound { get; } = new("TableNotFound");

    /// <summary>400: the row has over 252 properties of its own.</summary>
    public static TableErrorCode TooManyProperties { get; } = new("TooManyProperties");

    /// <summary>412: the row has another version.</summary>
    public static TableErrorCode UpdateConditionNotSatisfied { get; } = new("UpdateConditionNotSatisfied");

    /// <summary>A code by its text.</summary>
    public static implicit operator TableErrorCode(string value) => new(value);

    /// <summary>Whether both are one code, ignoring case.</summary>
    public static bool operator ==(TableErrorCode left, TableErrorCode right) => left.Equals(right);

    /// <summary>Whether the two differ, ignoring case.</summary>
    public static bool operator !=(TableErrorCode left, TableErrorCode right) => !left.Equals(right);

    /// <summary>Whether <paramref name="value"/> is this code, ignoring case.</summary>
    public static bool operator ==(TableErrorCode code, string? value) => value is not null && code.Equals(value);

    /// <summary>Whether <paramref name="value"/> is another code, ignoring case.</summary>
    public static bool operator !=(TableErrorCode code, string? value) => !(code == value);

    /// <summary>Whether <paramref name="value"/> is this code, ignoring case.</summary>
    public static bool operator ==(string? value, TableErrorCode code) => code == value;

    /// <summary>Whether <paramref name="value"/> is another code, ignoring case.</summary>
    public static bool operator !=(string? value, TableErrorCode code) => !(code == value);

    /// <inheritdoc/>
    public bool Equals(TableErrorCode other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TableErrorCode other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <inheritdoc/>
    public override string ToString() => _value;
}
