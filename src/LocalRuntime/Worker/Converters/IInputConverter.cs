namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Makes the values of parameters from what triggers bring. One instance serves all invocations.</summary>
public interface IInputConverter
{
    /// <returns>Unhandled where the value is another converter's matter: the first that handles it wins.</returns>
    ValueTask<ConversionResult> ConvertAsync(ConverterContext context);
}
