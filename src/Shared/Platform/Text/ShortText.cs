using System.Globalization;
using System.Text;

namespace ProspectOps.Platform.Text;

/// <summary>Makes a stranger's text fit to be quoted in one line.</summary>
internal static class ShortText
{
    /// <summary>One line of at most <paramref name="maxChars"/> characters, without controls, marks of direction and halves of pairs.</summary>
    public static string Of(string text, int maxChars)
    {
        if (text.Length <= maxChars && IsPlain(text))
            return text;
        var line = new StringBuilder(Math.Min(text.Length, maxChars) + 1);
        Span<char> pair = stackalloc char[2];
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                gap = line.Length > 0;
                continue;
            }
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format)
                continue;
            if (line.Length + (gap ? 1 : 0) + rune.Utf16SequenceLength > maxChars)
                return line.Append('…').ToString();
            if (gap)
                line.Append(' ');
            gap = false;
            line.Append(pair[..rune.EncodeToUtf16(pair)]);
        }
        return line.ToString();
    }

    // Most values are: printable ASCII with single spaces inside.
    private static bool IsPlain(string text)
    {
        var before = ' ';
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && before == ' '))
                return false;
            before = c;
        }
        return before != ' ' || text.Length == 0;
    }
}
