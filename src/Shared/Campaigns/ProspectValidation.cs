using ProspectOps.Validation;

namespace ProspectOps.Campaigns;

/// <summary>What a campaign keeps of the verdict on a person's address.</summary>
public sealed record ProspectValidation(Verdict Verdict, int Score, IReadOnlyList<string> Reasons, DateTimeOffset CheckedAt);
