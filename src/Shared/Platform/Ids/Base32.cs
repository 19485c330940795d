namespace ProspectOps.Platform.Ids;

/// <summary>Crockford's base 32 in lower case: 5 bits a character, sorts as its bytes do.</summary>
public static class Base32
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create(Alphabet);

    /// <summary>The first <paramref name="length"/> characters; bits that are missing count as 0.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> text = length <= 128 ? stackalloc char[length] : new char[length];
        for (var i = 0; i < length; i++)
        {
            var bit = i * 5;
            var high = bit / 8 < bytes.Length ? bytes[bit / 8] << 8 : 0;
            var low = bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0;
            text[i] = Alphabet[((high | low) >> (11 - bit % 8)) & 31];
        }
        return new string(text);
    }

    /// <summary>The same text with every digit counted from the other end, so that what sorted first sorts last. Other characters stay.</summary>
    public static string Invert(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, static (inverted, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                var digit = Alphabet.IndexOf(source[i], StringComparison.Ordinal);
                inverted[i] = digit < 0 ? source[i] : Alphabet[31 - digit];
            }
        });
    }

    public static bool IsValid(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Digits) < 0;
}
