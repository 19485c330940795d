using System.Globalization;
using Microsoft.Azure.Functions.Worker.Converters;

namespace ProspectOps.LocalRuntime.Worker.Converters;

/// <summary>What a trigger brings as a number or a time, such as a dequeue count: to text and to other numbers.</summary>
internal sealed class ScalarConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context)
    {
        var target = Nullable.GetUnderlyingType(context.TargetType) ?? context.TargetType;
        return ValueTask.FromResult(context.Source switch
        {
            null or string => ConversionResult.Unhandled(),
            IFormattable source when target == typeof(string) =>
                ConversionResult.Success(source.ToString(source is DateTimeOffset or DateTime ? "O" : null, CultureInfo.InvariantCulture)),
            long number when target.IsPrimitive => Change(number, target),
            _ => ConversionResult.Unhandled(),
        });
    }

    private static ConversionResult Change(long number, Type target)
    {
        try
        {
            return ConversionResult.Success(Convert.ChangeType(number, target, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            return ConversionResult.Failed(e);
        }
    }
}
