using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Bytes, to the forms that bytes come in.</summary>
internal sealed class MemoryConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        if (context.Source is not ReadOnlyMemory<byte> bytes)
            return ValueTask.FromResult(ConversionResult.Unhandled());
        if (context.TargetType == typeof(byte[]))
            return ValueTask.FromResult(ConversionResult.Success(bytes.ToArray()));
        return ValueTask.FromResult(context.TargetType == typeof(BinaryData) ? ConversionResult.Success(new BinaryData(bytes)) : ConversionResult.Unhandled());
    }
}
