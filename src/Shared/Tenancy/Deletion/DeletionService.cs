using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Deletion;

/// <summary>The steps by which a tenant is erased, table by table and container by container. Each may run twice.</summary>
/// <remarks>
/// A place is counted, and its count is in the workflow's history, before anything of it is removed: so what is said to be removed is exact, however
/// often the removal is begun again.
/// </remarks>
public sealed class DeletionService(
    ITenantErasure erasure, DeletionStore deletions, TenantStore tenants, TenantDirectory directory, KeyStore keys, KeyDirectory keyDirectory, TimeProvider clock, ILogger<DeletionService> log)
{
    /// <summary>Notes that it has begun.</summary>
    public Task BeginAsync(TenantId tenant, CancellationToken cancellationToken) => deletions.AddAsync(
        new TenantDeletion(tenant.Value, TenantDeletion.Running, clock.GetUtcNow(), null, new Dictionary<string, long>(), new Dictionary<string, long>()), cancellationToken);

    public Task<TenantDeletion?> FindAsync(TenantId tenant, CancellationToken cancellationToken) => deletions.FindAsync(tenant, cancellationToken);

    public async Task<DeletionPlan> PlanAsync(CancellationToken cancellationToken) =>
        new(await erasure.TablesAsync(cancellationToken), await erasure.ContainersAsync(cancellationToken));

    public Task<long> CountAsync(DeletionStep step, CancellationToken cancellationToken)
    {
        RequireNotDefault(step);
        return step.IsTable ? erasure.CountRowsAsync(step.Place, step.Tenant, cancellationToken) : erasure.CountBlobsAsync(step.Place, step.Tenant, cancellationToken);
    }

    /// <returns>Whether there may be more.</returns>
    public Task<bool> EraseAsync(DeletionStep step, CancellationToken cancellationToken)
    {
        RequireNotDefault(step);
        return step.IsTable ? erasure.EraseRowsAsync(step.Place, step.Tenant, cancellationToken) : erasure.EraseBlobsAsync(step.Place, step.Tenant, cancellationToken);
    }

    /// <summary>Counts the tenant's keys, which lie in a system table.</summary>
    public async Task<long> CountKeysAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (var _ in keys.ListAsync(tenant, "", 1000, cancellationToken))
            count++;
        return count;
    }

    /// <summary>Removes its keys, and at last the tenant itself.</summary>
    public async Task FinishAsync(DeletionResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        var tenant = TenantId.Parse(result.Tenant);
        await foreach (var key in keys.ListAsync(tenant, "", 1000, cancellationToken))
        {
            await keys.DeleteAsync(key, cancellationToken);
            keyDirectory.Forget(key.KeyId);
        }
        await keys.DeleteRestAsync(tenant, cancellationToken);
        var begun = await deletions.FindAsync(tenant, cancellationToken);
        await deletions.SaveAsync(
            new TenantDeletion(tenant.Value, TenantDeletion.Completed, begun?.StartedAt ?? clock.GetUtcNow(), clock.GetUtcNow(), result.Tables, result.Containers), cancellationToken);
        await tenants.DeleteAsync(tenant, cancellationToken);
        directory.Forget(tenant);
        log.TenantErased(tenant.Value, result.Tables.Values.Sum(), result.Containers.Values.Sum());
    }

    private static void RequireNotDefault(DeletionStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        // Also guards against a tenant's name that is none, which would stand at the beginning of others.
        if (TenantId.Parse(step.Tenant) == TenantId.Default)
            throw new InvalidOperationException("Tenant default is never erased.");
    }
}
