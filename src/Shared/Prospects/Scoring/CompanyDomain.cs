using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>The domain that a prospect's company is known by, and the field that it was read from.</summary>
internal sealed record CompanyDomain(string Field, string Name)
{
    // RFC 1035 §2.3.4.
    private const int LongestName = 253;

    // A word as short as "bet" is found in "alphabet"; it counts only as a whole part of the name.
    private const int ShortestInside = 4;

    /// <summary>The company's own domain if there is one, else that of the address; <see langword="null"/> where neither is one.</summary>
    public static CompanyDomain? Of(Prospect prospect)
    {
        if (Clean(prospect.CompanyDomain) is { } own)
            return new("companyDomain", own);
        var at = prospect.Email?.LastIndexOf('@') ?? -1;
        return at >= 0 && Clean(prospect.Email![(at + 1)..]) is { } mail ? new("email", mail) : null;
    }

    /// <summary>The rubric's key for it, and the word of the trade that it holds.</summary>
    public (string Kind, string? Word) KindIn(ScoringRubric rubric, IFreeMailDomains freeMail)
    {
        if (freeMail.Contains(Name))
            return (RubricKeys.FreeDomain, null);
        var parts = Name.Split('.', '-');
        var word = rubric.DomainWords.FirstOrDefault(word => parts.Any(part => Holds(part, word)));
        return word is null ? (RubricKeys.BusinessDomain, null) : (RubricKeys.IndustryDomain, word);
    }

    private static bool Holds(string part, string word) => word.Length < ShortestInside
        ? part == word
        : part.StartsWith(word, StringComparison.Ordinal) || part.EndsWith(word, StringComparison.Ordinal);

    // People give "https://www.acme.com/about" where a domain is asked for.
    private static string? Clean(string? given)
    {
        if (given is null || given.Length > 2 * LongestName)
            return null;
        var text = given.Trim().ToLowerInvariant();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
            text = text[(scheme + 3)..];
        var end = text.IndexOfAny(['/', '?', '#', ':']);
        text = (end < 0 ? text : text[..end]).TrimEnd('.');
        if (text.StartsWith("www.", StringComparison.Ordinal))
            text = text[4..];
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && text.Length <= LongestName && text.All(c => char.IsLetterOrDigit(c) || c is '.' or '-') ? text : null;
    }
}
