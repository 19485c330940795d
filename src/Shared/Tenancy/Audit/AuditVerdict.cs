namespace ProspectOps.Tenancy.Audit;

/// <summary>What walking the chains found.</summary>
/// <param name="Entries">Entries that were looked at.</param>
/// <param name="FirstBroken">The oldest entry that is not as it was written, or after which one is missing.</param>
public sealed record AuditVerdict(bool Valid, long Entries, AuditBreak? FirstBroken);
