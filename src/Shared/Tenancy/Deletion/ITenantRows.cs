namespace ProspectOps.Tenancy.Deletion;

/// <summary>What a system table, whose partitions are not named after tenants, holds of one.</summary>
public interface ITenantRows
{
    string Table { get; }

    Task<long> CountAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Takes them away, so that what is left after a crash is still found.</summary>
    Task EraseAsync(TenantId tenant, CancellationToken cancellationToken);
}
