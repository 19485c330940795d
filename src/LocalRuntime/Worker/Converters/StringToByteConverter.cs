using System.Text;
using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Text, as the bytes of its UTF-8 form.</summary>
internal sealed class StringToByteConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        if (context.Source is not string text)
            return ValueTask.FromResult(ConversionResult.Unhandled());
        if (context.TargetType == typeof(byte[]))
            return ValueTask.FromResult(ConversionResult.Success(Encoding.UTF8.GetBytes(text)));
        if (context.TargetType == typeof(ReadOnlyMemory<byte>))
            return ValueTask.FromResult(ConversionResult.Success(new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text))));
        return ValueTask.FromResult(context.TargetType == typeof(BinaryData) ? ConversionResult.Success(BinaryData.FromString(text)) : ConversionResult.Unhandled());
    }
}
