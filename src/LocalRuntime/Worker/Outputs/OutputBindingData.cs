namespace Microsoft.Azure.Functions.Worker;

/// <summary>One output of an invocation. What middleware sets here is what is stored.</summary>
public sealed class OutputBindingData<T>
{
    private readonly IDictionary<string, object?> _outputs;

    internal OutputBindingData(IDictionary<string, object?> outputs, string name, string bindingType) =>
        (_outputs, Name, BindingType) = (outputs, name, bindingType);

    /// <summary>Name of the returned object's property.</summary>
    public string Name { get; }

    /// <summary>For example <c>queue</c> or <c>http</c>.</summary>
    public string? BindingType { get; }

    public T? Value
    {
        get => _outputs[Name] is T value ? value : default;
        set => _outputs[Name] = value;
    }
}
