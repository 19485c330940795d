namespace ProspectOps.Tenancy.Audit;

/// <param name="AuditId">Null where the entry is gone.</param>
/// <param name="Reason"><c>changed</c>, <c>missing</c>, <c>misplaced</c>, or <c>head</c>: the end of the chain is not what was sealed.</param>
public sealed record AuditBreak(string? AuditId, string Month, long Seq, string Reason);
