namespace ProspectOps.Tenancy.Audit;

/// <summary>An entry as it lies in the store.</summary>
/// <param name="Text">What its hash is of.</param>
/// <param name="Row">Its row key.</param>
public sealed record StoredAuditEntry(AuditEntry Entry, string Text, string Row)
{
    public string Hash { get; } = AuditEntry.HashOf(Text);
}
