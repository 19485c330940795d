using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Deletion;

/// <summary>The steps by which a tenant is erased, table by table and container by container. Each may run twice.</summary>
/// <remarks>
/// A place is counted, and its count is in the workflow's history, before anything of it is removed: so what is said to be removed is exact, however
/// often the removal is begun again.
/// </remarks>
public sealed class DeletionService(
    ITenantErasure erasure, DeletionStore deletions, TenantStore tenants, TenantDirectory directory, KeyStore keys, KeyDirectory keyDirectory, IEnumerable<ITenantRows> elsewhere,
    TimeProvider clock, ILogger<DeletionService> log)
{
    private const string KeysTable = "ApiKeys";

    /// <summary>Notes that it has begun.</summary>
    public Task BeginAsync(TenantId tenant, CancellationToken cancellationToken) => deletions.AddAsync(
        new TenantDeletion(tenant.Value, TenantDeletion.Running, clock.GetUtcNow(), null, new Dictionary<string, long>(), new Dictionary<string, long>()), cancellationToken);

    /// <summary>How far it is; kept when the tenant is gone.</summary>
    /// <exception cref="DomainException"><c>operator_only</c>, <c>tenant_not_found</c>.</exception>
    public async Task<TenantDeletion> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsOperator("admin:read"))
            throw new DomainException(TenancyErrors.OperatorOnly);
        return TenantId.TryNamed(caller, "admin:read", id, out var tenant) && await deletions.FindAsync(tenant, cancellationToken) is { } deletion
            ? deletion
            : throw new DomainException(TenancyErrors.TenantNotFound);
    }

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

    /// <summary>Shows how far it is.</summary>
    public async Task NoteAsync(DeletionResult soFar, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(soFar);
        var tenant = TenantId.Recorded(soFar.Tenant);
        var begun = await deletions.FindAsync(tenant, cancellationToken);
        await deletions.SaveAsync(
            new TenantDeletion(tenant.Value, TenantDeletion.Running, begun?.StartedAt ?? clock.GetUtcNow(), null, soFar.Tables, soFar.Containers), cancellationToken);
    }

    /// <summary>Counts what lies in system tables: the tenant's keys, and what others keep there.</summary>
    /// <param name="tenant">As the workflow has it.</param>
    public async Task<IReadOnlyDictionary<string, long>> CountElsewhereAsync(string tenant, CancellationToken cancellationToken)
    {
        var id = TenantId.Recorded(tenant);
        var counts = new Dictionary<string, long> { [KeysTable] = await keys.ListAsync(id, "", 1000, cancellationToken).LongCountAsync(cancellationToken) };
        foreach (var rows in elsewhere)
            counts[rows.Table] = counts.GetValueOrDefault(rows.Table) + await rows.CountAsync(id, cancellationToken);
        return counts;
    }

    /// <summary>Removes its keys and what is in other system tables, and at last the tenant itself.</summary>
    public async Task FinishAsync(DeletionResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        var tenant = TenantId.Recorded(result.Tenant);
        await foreach (var key in keys.ListAsync(tenant, "", 1000, cancellationToken))
        {
            await keys.DeleteAsync(key, cancellationToken);
            keyDirectory.Forget(key.KeyId);
        }
        await keys.DeleteRestAsync(tenant, cancellationToken);
        foreach (var rows in elsewhere)
            await rows.EraseAsync(tenant, cancellationToken);
        await tenants.DeleteAsync(tenant, cancellationToken);
        directory.Forget(tenant);
        // Last: whoever sees that it is over finds nothing of the tenant any more.
        var begun = await deletions.FindAsync(tenant, cancellationToken);
        await deletions.SaveAsync(
            new TenantDeletion(tenant.Value, TenantDeletion.Completed, begun?.StartedAt ?? clock.GetUtcNow(), clock.GetUtcNow(), result.Tables, result.Containers), cancellationToken);
        log.TenantErased(tenant.Value, result.Tables.Values.Sum(), result.Containers.Values.Sum());
    }

    private static void RequireNotDefault(DeletionStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        // Also guards against a tenant's name that is none, which would stand at the beginning of others.
        if (TenantId.Recorded(step.Tenant).IsOperator)
            throw new InvalidOperationException("Tenant default is never erased.");
    }
}
