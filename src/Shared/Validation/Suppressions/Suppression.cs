namespace ProspectOps.Validation.Suppressions;

/// <summary>Somebody who must never be written to.</summary>
/// <param name="Email">As it was given.</param>
/// <param name="Canonical">What is compared.</param>
/// <param name="Source"><c>api</c>, <c>csv</c>, or what added it.</param>
public sealed record Suppression(string Email, string Canonical, string? Reason, string Source, DateTimeOffset AddedAt);
