using System.Globalization;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>Values as literals of OData filters.</summary>
internal static class QueryFilter
{
    /// <exception cref="ArgumentException">A value has a type that filters have no literal for.</exception>
    public static string Create(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var literals = new object[filter.ArgumentCount];
        for (var i = 0; i < literals.Length; i++)
            literals[i] = Literal(filter.GetArgument(i));
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        char text => Quote(text.ToString()),
        StringBuilder text => Quote(text.ToString()),
        bool flag => flag ? "true" : "false",
        long or ulong => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture) + "L",
        sbyte or byte or short or ushort or int or uint => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        float or double or decimal => Fraction((IFormattable)value),
        Guid id => $"guid'{id}'",
        DateTimeOffset time => Time(time.UtcDateTime),
        DateTime time => Time(time.ToUniversalTime()),
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexString(bytes.ToMemory().Span)}'",
        _ => throw new ArgumentException($"A filter has no literal for a {value.GetType()}."),
    };

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <remarks>A whole number would be read as an int, which is no match for a double.</remarks>
    private static string Fraction(IFormattable value)
    {
        var text = value.ToString(null, CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAnyExceptInRange('-', '9') || text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <remarks>Fractions of a second as long as they need to be, so that a filter fits its page's URL.</remarks>
    private static string Time(DateTime utc) => $"datetime'{utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)}'";
}
