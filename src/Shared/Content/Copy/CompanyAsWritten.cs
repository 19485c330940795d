using System.Collections.Frozen;

namespace ProspectOps.Content.Copy;

/// <summary>A company as people call it: "Acme", not "ACME HOLDINGS LTD.".</summary>
internal static class CompanyAsWritten
{
    private const int Limit = 60;
    private const int MostWords = 7;

    private static readonly FrozenSet<string> LegalForms = new[]
    {
        "ltd", "limited", "inc", "incorporated", "llc", "llp", "lp", "plc", "corp", "gmbh", "mbh", "ag", "kg", "ug", "ohg", "se", "sa", "s.a", "sas", "sarl", "s.a.r.l", "srl", "s.r.l", "spa", "s.p.a",
        "bv", "b.v", "nv", "n.v", "ab", "as", "a/s", "aps", "oy", "oyj", "sro", "s.r.o", "doo", "d.o.o", "pty", "pte", "kft", "sl", "s.l", "sp", "z.o.o", "zoo",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string? Clean(string? raw)
    {
        if (raw is null || raw.Length > 500)
            return null;
        var cut = raw.TrimStart().AsSpan();
        var end = cut.IndexOfAny("|(•\r\n");
        if (end > 0)
            cut = cut[..end];
        if (CleanText.Plain(cut.ToString(), 200) is not { } name)
            return null;
        var words = name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).ToList();
        while (words.Count > 1 && (LegalForms.Contains(words[^1].TrimEnd('.')) || words[^1] is "&" or "Co." or "and"))
            words.RemoveAt(words.Count - 1);
        name = string.Join(' ', words).TrimEnd('.', '!', '?', ':', '-', '&', '\'', ' ');
        if (name.Length is < 2 or > Limit || words.Count > MostWords || !char.IsLetterOrDigit(name[0]))
            return null;
        var isShouted = !name.Any(char.IsLower) && name.Length > 5;
        var isMumbled = !name.Any(char.IsUpper);
        return isShouted || isMumbled ? string.Join(' ', name.Split(' ').Select(word => Cased(word, isShouted))) : name;
    }

    /// <summary>Short words in capitals are mostly initials: "IGT", "SAP".</summary>
    private static string Cased(string word, bool isShouted) =>
        isShouted && word.Length <= 3 ? word : char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();
}
