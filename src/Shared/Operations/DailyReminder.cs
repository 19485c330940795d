using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Operations;

/// <summary>Has something of a tenant's looked at on the next day: one call to the store for each tenant, day and process.</summary>
/// <param name="kind">Of the reminders in table <c>Due</c>.</param>
/// <param name="id">What they end with.</param>
public class DailyReminder(DueStore due, string kind, string id, TimeProvider clock)
{
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<TenantId, DateTimeOffset> _reminded = new();

    public async ValueTask RemindAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        // Whole days, so that everybody writes the same row.
        var at = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        if (_reminded.TryGetValue(tenant, out var known) && known == at)
            return;
        await due.AddAsync(kind, DueStore.RowOf(at, tenant, id), cancellationToken);
        if (_reminded.Count > MostKept)
            _reminded.Clear();
        _reminded[tenant] = at;
    }
}
