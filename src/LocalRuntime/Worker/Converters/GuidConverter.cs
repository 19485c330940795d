using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Text that is a Guid.</summary>
internal sealed class GuidConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        (context.TargetType == typeof(Guid) || context.TargetType == typeof(Guid?)) && context.Source is string text && Guid.TryParse(text, out var guid)
            ? ConversionResult.Success(guid)
            : ConversionResult.Unhandled());
}
