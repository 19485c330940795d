using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Deletion;

/// <summary>Table <c>TenantDeletions</c>, of the operator: <c>default</c> · tenant. It outlives the tenant.</summary>
public sealed class DeletionStore(IStorage storage)
{
    private readonly ITable _table = storage.Table("TenantDeletions");

    public async Task<TenantDeletion?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await _table.FindAsync(TenantId.Default.Value, tenant.Value, cancellationToken) is { } row ? JsonSerializer.Deserialize<TenantDeletion>(row.Text("Deletion")!, JsonDefaults.Options) : null;

    /// <summary>Begins one; one that is there stays.</summary>
    public Task AddAsync(TenantDeletion deletion, CancellationToken cancellationToken) => _table.TryInsertAsync(Write(deletion), cancellationToken);

    public Task SaveAsync(TenantDeletion deletion, CancellationToken cancellationToken) => _table.UpsertAsync(Write(deletion), cancellationToken);

    private static TableRow Write(TenantDeletion deletion) => new(TenantId.Default.Value, deletion.TenantId) { ["Deletion"] = JsonSerializer.Serialize(deletion, JsonDefaults.Options) };
}
