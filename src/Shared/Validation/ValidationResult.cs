using System.Text.Json.Serialization;

namespace ProspectOps.Validation;

/// <summary>The verdict on one address and what it rests on, as the API answers it.</summary>
/// <param name="Email">As it was given.</param>
/// <param name="Normalized">Canonical form; null where the address does not parse.</param>
/// <param name="Score">0 to 100: the higher, the surer that mail arrives.</param>
/// <param name="Reasons">Codes of the closed list; the first decided.</param>
/// <param name="Cached">Whether a remembered verdict answered.</param>
/// <param name="CheckedAt">When it was found out.</param>
/// <param name="DurationMs">Milliseconds that finding out took; of a batch, those of the domain's DNS and the mailbox's SMTP.</param>
public sealed record ValidationResult(
    string Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Normalized,
    Verdict Verdict,
    int Score,
    IReadOnlyList<string> Reasons,
    ValidationChecks Checks,
    string? Suggestion,
    bool Cached,
    DateTimeOffset CheckedAt,
    double DurationMs)
{
    /// <summary>What was asked and what was answered, in the order in which it was.</summary>
    public IReadOnlyList<ValidationBasis> Basis { get; init; } = [];

    /// <summary>Until when it is remembered; null where it is not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Seconds since it was found out.</summary>
    public long AgeSeconds { get; init; }
}
