using System.Globalization;
using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>Text that is a time.</summary>
internal sealed class DateTimeConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        if (context.Source is not string text)
            return ValueTask.FromResult(ConversionResult.Unhandled());
        var target = Nullable.GetUnderlyingType(context.TargetType) ?? context.TargetType;
        if (target == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant))
            return ValueTask.FromResult(ConversionResult.Success(instant));
        if (target == typeof(DateTime) && DateTime.TryParse(text, CultureInfo.InvariantCulture, out var time))
            return ValueTask.FromResult(ConversionResult.Success(time));
        return ValueTask.FromResult(ConversionResult.Unhandled());
    }
}
