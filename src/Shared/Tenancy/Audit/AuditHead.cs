namespace ProspectOps.Tenancy.Audit;

/// <summary>Where a month's chain ends.</summary>
/// <param name="Seq">Entries in it.</param>
/// <param name="Hash">Hash of the last.</param>
/// <param name="IsSealed">Whether the seal, made under a key that is not in the store, is of these.</param>
public sealed record AuditHead(string Month, long Seq, string Hash, bool IsSealed);
