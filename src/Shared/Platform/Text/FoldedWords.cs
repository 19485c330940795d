using System.Globalization;

namespace ProspectOps.Platform.Text;

/// <summary>Cuts text into words that compare alike on every machine, whatever their case, accents and punctuation.</summary>
internal static class FoldedWords
{
    // No word that we look for is longer; a hostile one is cut, so that it cannot cost memory twice.
    private const int LongestWord = 64;

    /// <param name="maxChars">What lies behind is not read.</param>
    public static List<FoldedWord> Words(string text, int maxChars)
    {
        var words = new List<FoldedWord>();
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        var start = 0;
        var clause = 0;
        var end = Math.Min(text.Length, maxChars);
        for (var i = 0; i <= end; i++)
        {
            if (i < end && IsOfWord(text[i]))
            {
                if (length == 0)
                    start = i;
                Append(word, ref length, text[i]);
                continue;
            }
            if (i < end && (IsInvisible(text[i]) || (length > 0 && Joins(text, i, end))))
                continue;
            if (length > 0)
                words.Add(new FoldedWord(new string(word[..length]), start, i, clause));
            length = 0;
            if (i < end && EndsClause(text, i, end))
                clause++;
        }
        return words;
    }

    /// <summary>The ways a phrase is written: as it is, and with ä, ö, ü as ae, oe, ue where it holds one.</summary>
    public static IEnumerable<string[]> Spellings(string phrase)
    {
        yield return Plain(phrase);
        var lower = phrase.ToLowerInvariant();
        var ascii = lower.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal);
        if (ascii != lower)
            yield return Plain(ascii);
    }

    private static string[] Plain(string phrase) => [.. Words(phrase, phrase.Length).Select(word => word.Text)];

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || (c >= '\u0080' && char.IsLetterOrDigit(c));

    private static void Append(Span<char> word, ref int length, char c)
    {
        if (length < LongestWord)
            word[length++] = char.IsAscii(c) ? char.ToLowerInvariant(c) : AccentTable.Fold(c);
        if (length < LongestWord && AccentTable.Second(c) is { } second)
            word[length++] = second;
    }

    // Accents written apart, soft hyphens, joiners and marks of direction do not cut a word.
    private static bool IsInvisible(char c) => c >= '\u0080'
        && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    // "V.P." is vp and "isn't" is isnt; any other dot or apostrophe cuts.
    private static bool Joins(string text, int i, int end)
    {
        if (i + 1 >= end || !char.IsLetter(text[i + 1]))
            return false;
        return text[i] switch
        {
            '.' => char.IsLetter(text[i - 1]) && (i < 2 || !IsOfWord(text[i - 2])),
            '\'' or '’' => text[i - 1] is 'n' or 'N' && text[i + 1] is 't' or 'T' && (i + 2 >= end || !IsOfWord(text[i + 2])),
            _ => false,
        };
    }

    private static bool EndsClause(string text, int i, int end) => text[i] switch
    {
        ',' or ';' or '|' or '!' or '?' or '\n' or '\r' or '(' or ')' or '[' or ']' or '•' or '·' or '–' or '—' => true,
        '.' or ':' or '@' => i + 1 >= end || char.IsWhiteSpace(text[i + 1]),
        '-' => i > 0 && char.IsWhiteSpace(text[i - 1]) && (i + 1 >= end || char.IsWhiteSpace(text[i + 1])),
        _ => false,
    };
}
