namespace ProspectOps.Validation;

/// <summary>The verdict on one address and what it rests on, as the API answers it.</summary>
/// <param name="Email">As it was given.</param>
/// <param name="Normalized">Canonical form; null where the address does not parse.</param>
/// <param name="Score">0 to 100: the higher, the surer that mail arrives.</param>
/// <param name="Reasons">Codes of the closed list.</param>
public sealed record ValidationResult(
    string Email,
    string? Normalized,
    Verdict Verdict,
    int Score,
    IReadOnlyList<string> Reasons,
    ValidationChecks Checks,
    string? Suggestion,
    bool Cached,
    DateTimeOffset CheckedAt,
    double DurationMs);
