namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Names the converter of a parameter, of a type, or of what a binding attribute binds. It is asked before those of all parameters.</summary>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Struct,
    AllowMultiple = true)]
public class InputConverterAttribute : Attribute
{
    /// <exception cref="InvalidOperationException">The type is no <see cref="IInputConverter"/>.</exception>
    public InputConverterAttribute(Type converterType)
    {
        ArgumentNullException.ThrowIfNull(converterType);
        ConverterType = typeof(IInputConverter).IsAssignableFrom(converterType)
            ? converterType
            : throw new InvalidOperationException($"{converterType.Name} must implement {typeof(IInputConverter)} to be used as an input converter.");
    }

    public Type ConverterType { get; }
}
