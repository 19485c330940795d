namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>One parameter's value to be made.</summary>
public abstract class ConverterContext
{
    public abstract Type TargetType { get; }

    /// <summary>What the trigger brought; null where it brought nothing by the parameter's name.</summary>
    public abstract object? Source { get; }

    public abstract FunctionContext FunctionContext { get; }

    public abstract IReadOnlyDictionary<string, object> Properties { get; }
}
