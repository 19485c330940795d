using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProspectOps.Content.Copy;

/// <summary>Makes data fit to stand in a sentence, or says that it does not: what cannot be mended is missing, never half shown.</summary>
internal static class CleanText
{
    /// <summary>Longer input is no name or title; it is not even looked through.</summary>
    private const int Absurd = 2_000;

    /// <summary>Marks of markup, formulas, templates and code. Nobody's name holds them.</summary>
    private static readonly SearchValues<char> Foreign = SearchValues.Create("{}<>=\\^~[]*`$@");

    private static readonly SearchValues<string> Addresses = SearchValues.Create(["://", "www.", "javascript:", "mailto:", "data:"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Nothing = SearchValues.Create(["n/a", "na", "null", "undefined", "none", "unknown", "test", "tbd", "nan", "not available", "-"], StringComparison.OrdinalIgnoreCase);

    /// <summary>One line of plain text: the first line, no control characters or emoji, single spaces.</summary>
    /// <returns>Null where it is empty, a stand-in such as "n/a", too long, or not meant for people to read.</returns>
    public static string? Plain(string? raw, int limit)
    {
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > Absurd)
            return null;
        var line = raw.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0)
            line = line[..end];
        if (line.ContainsAny(Foreign) || line.ContainsAny(Addresses) || line.IsWhiteSpace() || line.TrimStart()[0] is '+' or '=' or '|')
            return null;

        var text = new StringBuilder(line.Length);
        foreach (var unit in line)
        {
            if (char.IsWhiteSpace(unit))
            {
                if (text.Length > 0 && text[^1] != ' ')
                    text.Append(' ');
            }
            else if (IsReadable(unit))
            {
                text.Append(unit);
            }
        }

        var result = text.ToString().Trim(' ', ',', ';', ':', '-', '–', '—', '|');
        return result.Length == 0 || result.Length > limit || Nothing.Contains(result) || !result.AsSpan().ContainsAnyLetter() ? null : result;
    }

    /// <summary>A lower-case phrase out of a pack, to stand inside a sentence.</summary>
    public static string? Phrase(string? raw, int limit = 160) => Plain(raw, limit)?.TrimEnd('.', '!', '?', ' ') is { Length: > 0 } text ? text : null;

    /// <summary>A whole sentence: capital first, full stop last.</summary>
    public static string? Whole(string? raw, int limit = 400)
    {
        if (Plain(raw, limit) is not { } text)
            return null;
        text = char.ToUpperInvariant(text[0]) + text[1..];
        return text[^1] is '.' or '!' or '?' ? text : text + '.';
    }

    private static bool IsReadable(char unit) => char.GetUnicodeCategory(unit) switch
    {
        // Emoji are surrogates or symbols; a name or a title needs neither.
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol => false,
        // Quotation marks of the data would pair up with ours.
        _ => unit is not ('"' or '“' or '”' or '„' or '«' or '»'),
    };

    private static bool ContainsAnyLetter(this ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (char.IsLetter(unit))
                return true;
        }

        return false;
    }
}
