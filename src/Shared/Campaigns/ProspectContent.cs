using ProspectOps.Content;

namespace ProspectOps.Campaigns;

/// <summary>What was written for a person.</summary>
public sealed record ProspectContent(IReadOnlyList<GeneratedEmail> Emails);
