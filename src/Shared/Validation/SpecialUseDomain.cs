namespace ProspectOps.Validation;

/// <summary>Domains that no public mail can reach.</summary>
/// <remarks>RFC 2606 and 6761 (test, example, invalid, localhost, example.com/net/org), RFC 6762 (local), RFC 7686 (onion),
/// RFC 8375 (home.arpa), RFC 9476 (alt), and <c>internal</c>, which ICANN reserved in 2024.</remarks>
internal static class SpecialUseDomain
{
    private static readonly string[] Names =
    [
        "example", "test", "invalid", "localhost", "local", "onion", "alt", "internal", "home.arpa", "example.com", "example.net", "example.org",
    ];

    /// <param name="domain">In lower-case A-labels.</param>
    public static bool Includes(ReadOnlySpan<char> domain)
    {
        foreach (var name in Names)
        {
            if (domain.EndsWith(name, StringComparison.Ordinal) && (domain.Length == name.Length || domain[^(name.Length + 1)] == '.'))
                return true;
        }
        return false;
    }
}
