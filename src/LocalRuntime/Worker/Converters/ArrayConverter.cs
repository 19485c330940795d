using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Several values, as an array.</summary>
internal sealed class ArrayConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult((context.Source, context.TargetType) switch
    {
        (IEnumerable<string> values, var target) when target == typeof(string[]) => ConversionResult.Success(values.ToArray()),
        (IEnumerable<long> values, var target) when target == typeof(long[]) => ConversionResult.Success(values.ToArray()),
        (IEnumerable<double> values, var target) when target == typeof(double[]) => ConversionResult.Success(values.ToArray()),
        (IEnumerable<ReadOnlyMemory<byte>> values, var target) when target == typeof(ReadOnlyMemory<byte>[]) => ConversionResult.Success(values.ToArray()),
        (IEnumerable<ReadOnlyMemory<byte>> values, var target) when target == typeof(byte[][]) => ConversionResult.Success(values.Select(value => value.ToArray()).ToArray()),
        _ => ConversionResult.Unhandled(),
    });
}
