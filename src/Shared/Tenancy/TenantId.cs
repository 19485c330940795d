namespace ProspectOps.Tenancy;

/// <summary>A tenant, by its name in keys of rows: 1 to 40 lower-case letters, digits, <c>-</c> and <c>_</c>. Whoever has one may act for that tenant: stores ask for nothing else.</summary>
/// <remarks>
/// So none can be made of any text. It comes from what the app itself recorded, which is how authentication has it (the row of a key that proved itself), from the
/// operator who names it, or from its own creation. Each is a door of its own below; Architecture.Tests lists who goes through which. ADR 0043.
/// </remarks>
public readonly record struct TenantId
{
    private readonly string? _value;

    private TenantId(string value) => _value = value;

    /// <summary>The operator of this installation.</summary>
    internal static TenantId Default { get; } = new("default");

    public string Value => _value ?? throw new InvalidOperationException("No tenant.");

    /// <summary>Is the operator of this installation.</summary>
    public bool IsOperator => this == Default;

    /// <summary>Out of what the app itself wrote: a row, a queue's message, a workflow's state.</summary>
    /// <exception cref="FormatException">It is no tenant's name.</exception>
    internal static TenantId Recorded(string? text) => TryRecorded(text, out var tenant) ? tenant : throw new FormatException("Not a tenant id.");

    /// <inheritdoc cref="Recorded"/>
    internal static bool TryRecorded(string? text, out TenantId tenant)
    {
        var valid = text is { Length: >= 1 and <= 40 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
        tenant = valid ? new TenantId(text!) : default;
        return valid;
    }

    /// <summary>As the operator names it. False where somebody else does, or where it is no tenant's name; whether there is such a tenant is to be asked.</summary>
    internal static bool TryNamed(Caller caller, string neededScope, string? text, out TenantId tenant)
    {
        tenant = default;
        return caller.IsOperator(neededScope) && TryRecorded(text, out tenant);
    }

    /// <summary>A new one, for a tenant that the operator makes.</summary>
    /// <exception cref="InvalidOperationException">Somebody else makes it.</exception>
    internal static TenantId New(Caller caller, string seed) =>
        TryNamed(caller, "admin:write", $"ten_{seed}", out var tenant) ? tenant : throw new InvalidOperationException("Only the operator makes tenants.");

    public override string ToString() => _value ?? "";
}
