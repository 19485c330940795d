namespace ProspectOps.Validation.Jobs;

/// <summary>What one pass over a chunk came to.</summary>
/// <param name="Before">What was known before.</param>
/// <param name="Paid">Addresses that count against the quota.</param>
/// <param name="IsLimited">Whether a quota applies.</param>
/// <param name="ResumeAt">When those that mail servers put off are to be asked about again.</param>
/// <param name="Wait">The quota that did not do for all.</param>
internal sealed record ChunkPass(ChunkInput Input, ChunkResult Before, ChunkResult After, int Hits, int Misses, int Paid, bool IsLimited, DateTimeOffset? ResumeAt, JobWait? Wait);
