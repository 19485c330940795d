using ProspectOps.Operations;

namespace ProspectOps.Validation.Cache;

/// <summary>Deletes lapsed verdicts of every tenant, within a day or two of their end.</summary>
/// <remarks>A tenant has a reminder for the day after each day on which verdicts of it were written or left.</remarks>
public sealed class CachePurge(ValidationCacheStore store, DueStore due, TimeProvider clock)
{
    /// <returns>Tenants whose verdicts were looked through.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var tenants = 0;
        await due.ForEachAsync(ValidationCacheStore.DueKind, clock.GetUtcNow(), async item =>
        {
            // The next reminder before the last one goes: a crash in between means twice, not never.
            if (await store.PurgeAsync(item.Tenant, cancellationToken))
                await store.RemindAsync(item.Tenant, cancellationToken);
            await due.RemoveAsync(ValidationCacheStore.DueKind, item.Row, cancellationToken);
            tenants++;
        }, cancellationToken);
        return tenants;
    }
}
