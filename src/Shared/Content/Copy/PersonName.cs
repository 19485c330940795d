using System.Collections.Frozen;

namespace ProspectOps.Content.Copy;

/// <summary>A name as one would write it in a letter.</summary>
internal static class PersonName
{
    private const int Limit = 40;

    private static readonly FrozenSet<string> Titles = new[]
    {
        "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady", "rev", "herr", "frau", "mag", "ing", "dipl", "dipl-ing", "msc", "mba", "phd",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What stands after "Hi": without title, initials and last name.</summary>
    public static string? First(string? raw, string? last)
    {
        if (Words(raw) is not { } words)
            return null;
        var surname = Last(last);
        while (words.Count > 1 && surname is not null && string.Equals(words[^1], surname, StringComparison.OrdinalIgnoreCase))
            words.RemoveAt(words.Count - 1);
        words.RemoveAll(word => word.TrimEnd('.').Length < 2);
        return words.Count is 0 or > 3 ? null : string.Join(' ', words.Select(Cased));
    }

    public static string? Last(string? raw) =>
        Words(raw) is { Count: > 0 and <= 4 } words && words.Exists(word => word.TrimEnd('.').Length > 1) ? string.Join(' ', words.Select(Cased)) : null;

    private static List<string>? Words(string? raw)
    {
        // What follows a comma is a degree: "Anna, PhD".
        var text = CleanText.Plain(raw?.Split(',')[0], Limit);
        if (text is null)
            return null;
        foreach (var unit in text)
        {
            if (!char.IsLetter(unit) && unit is not (' ' or '-' or '\'' or '’' or '.') && char.GetUnicodeCategory(unit) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
                return null;
        }

        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Titles.Contains(word.TrimEnd('.')))];
    }

    private static string Cased(string word)
    {
        var letters = word.Count(char.IsLetter);
        var uppers = word.Count(char.IsUpper);
        // "McKay" and "JP" are as their owner writes them; "ANNA" and "anna" are how a form was filled in.
        if ((uppers > 0 && uppers < letters) || (uppers == letters && letters <= 2))
            return word;
        var cased = word.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < cased.Length; i++)
        {
            // A short tail after an apostrophe is no name of its own: "De'Ann" but "Ra's".
            if (i == 0 || cased[i - 1] is '-' || (cased[i - 1] is '\'' or '’' && cased.Length - i > 2))
                cased[i] = char.ToUpperInvariant(cased[i]);
        }

        return new string(cased);
    }
}
