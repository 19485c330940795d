namespace ProspectOps.Content.Copy;

/// <summary>"a" or "an", by how the word is said as far as its letters tell.</summary>
internal static class Article
{
    /// <summary>Vowels that are said as consonants: "a user", "a unit", "a European".</summary>
    private static readonly string[] SoundLikeConsonants = ["uni", "use", "usa", "uti", "eu", "one", "once"];

    public static string With(string noun)
    {
        var first = noun.AsSpan();
        var end = first.IndexOfAny(' ', '-', '/');
        if (end > 0)
            first = first[..end];
        return (IsVowelSound(first) ? "an " : "a ") + noun;
    }

    private static bool IsVowelSound(ReadOnlySpan<char> word)
    {
        if (word.Length is > 1 and <= 4 && IsInitials(word))
            // Initials are spelled out: "an HR lead", "a VP", but "a UX lead".
            return word[0] is 'A' or 'E' or 'F' or 'H' or 'I' or 'L' or 'M' or 'N' or 'O' or 'R' or 'S' or 'X';
        if (char.ToLowerInvariant(word[0]) is not ('a' or 'e' or 'i' or 'o' or 'u'))
            return false;
        foreach (var start in SoundLikeConsonants)
        {
            if (word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static bool IsInitials(ReadOnlySpan<char> word)
    {
        foreach (var unit in word)
        {
            if (!char.IsUpper(unit))
                return false;
        }

        return true;
    }
}
