using System.Collections.Frozen;

namespace ProspectOps.Content.Copy;

/// <summary>A job title as it reads after "as": one role, without the company and without decoration.</summary>
internal static class JobTitle
{
    private const int Limit = 60;

    private static readonly string[] Separators = ["|", "•", "·", " / ", " - ", " – ", " — ", ";", " @ ", " at ", " AT ", " At ", " (", " & Founder"];

    private static readonly FrozenSet<string> Small = new[] { "of", "and", "the", "for", "in", "to", "de", "a" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Acronyms = new[]
    {
        "CEO", "CTO", "CFO", "COO", "CMO", "CPO", "CRO", "CIO", "CISO", "CHRO", "CCO", "CDO", "VP", "SVP", "EVP", "AVP", "MD", "GM", "HR", "IT", "CRM", "SEO", "PPC", "PR",
        "AI", "ML", "UX", "UI", "QA", "R&D", "B2B", "B2C", "D2C", "KYC", "AML", "VIP", "ERP", "EMEA", "DACH", "APAC", "UK", "US", "EU", "SaaS", "DevOps", "RevOps",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static string? Clean(string? raw)
    {
        if (CleanText.Plain(First(raw), 200) is not { } title)
            return null;
        var comma = title.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            // "Director, Product" is one role written as an index would; "Founder, Advisor" is two.
            var head = title[..comma];
            var tail = title[(comma + 1)..].Split(',')[0].Trim();
            var isOneRole = tail.Length > 0 && head.EndsWith("Director", StringComparison.OrdinalIgnoreCase) || head.EndsWith("VP", StringComparison.OrdinalIgnoreCase)
                || head.EndsWith("Vice President", StringComparison.OrdinalIgnoreCase) || head.EndsWith("Head", StringComparison.OrdinalIgnoreCase);
            title = isOneRole && tail.Length > 0 ? $"{head} of {tail}" : head;
        }

        title = title.TrimEnd('.', '!', '?', ' ');
        if (title.Length is < 2 or > Limit || title.Contains(". ", StringComparison.Ordinal) || title.Count(c => c == ' ') > 8)
            return null;
        var isShouted = !title.Any(char.IsLower);
        var isMumbled = !title.Any(char.IsUpper);
        return isShouted || isMumbled ? string.Join(' ', title.Split(' ').Select(Cased)) : title;
    }

    private static string? First(string? raw)
    {
        if (raw is null || raw.Length > 500)
            return null;
        var text = raw.TrimStart();
        foreach (var separator in Separators)
        {
            var at = text.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0)
                text = text[..at];
        }

        return text;
    }

    private static string Cased(string word, int position)
    {
        if (Acronyms.TryGetValue(word, out var acronym))
            return acronym;
        if (position > 0 && Small.Contains(word))
            return word.ToLowerInvariant();
        return word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();
    }
}
