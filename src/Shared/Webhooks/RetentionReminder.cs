using System.Collections.Concurrent;
using ProspectOps.Operations;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Has a tenant's old events looked for on the next day: one call to the store for each tenant, day and process.</summary>
public sealed class RetentionReminder(DueStore due, TimeProvider clock)
{
    internal const string Kind = "webhook-retention";

    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<TenantId, DateTimeOffset> _reminded = new();

    public async ValueTask RemindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        // Whole days, so that everybody writes the same row.
        var at = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        if (_reminded.TryGetValue(tenant, out var known) && known == at)
            return;
        await due.AddAsync(Kind, DueStore.RowOf(at, tenant, "events"), cancellationToken);
        if (_reminded.Count > MostKept)
            _reminded.Clear();
        _reminded[tenant] = at;
    }
}
