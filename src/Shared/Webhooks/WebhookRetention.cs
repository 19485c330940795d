using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Operations;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Deletes events and deliveries that are older than the settings say: never one that is open, one whose dead letter may be sent again, or one that a replay needs.</summary>
/// <remarks>
/// A tenant's old events are one range, and say who was to hear of them. For each 50 rows of events, 2,500 events at most: one call for each endpoint to read
/// its batches, one to delete them, one to delete the events, and one for each large payload. The deliveries go first: killed anywhere, the next run goes on.
/// </remarks>
public sealed class WebhookRetention(
    EventStore events, DeliveryStore deliveries, ReplayStore replays, DeadLetterStore letters, DueStore due, RetentionReminder reminder, IOptions<WebhooksOptions> options, TimeProvider clock, ILogger<WebhookRetention> log)
{
    // With their markers they have to fit into one transaction.
    private const int EventsAtOnce = 50;

    // A dead letter is deleted at the end of its last day, and the timer that does so comes every 5 min.
    private const int DaysBeyondDeadLetters = 2;

    /// <summary>Looks at every tenant that is due.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await due.ForEachAsync(RetentionReminder.Kind, clock.GetUtcNow(), async item =>
        {
            var (count, batches) = await PurgeAsync(item.Tenant, cancellationToken);
            if (count + batches > 0)
                log.EventsPurged(count, batches, item.Tenant.Value, options.Value.RetainDays);
            if (await events.HasAnyAsync(item.Tenant, cancellationToken))
                await reminder.RemindAsync(item.Tenant, cancellationToken);
            await due.RemoveAsync(RetentionReminder.Kind, item.Row, cancellationToken);
        }, cancellationToken);
    }

    /// <returns>Events, and batches of deliveries, that were deleted.</returns>
    private async Task<(long Events, long Batches)> PurgeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now.AddDays(-options.Value.RetainDays);
        var withDead = now.AddDays(-Math.Max(options.Value.RetainDays, options.Value.DeadLetterDays + DaysBeyondDeadLetters));
        var (gone, batches) = (0L, 0L);
        var needed = new List<Replay>();
        foreach (var replay in await replays.AllAsync(tenant, cancellationToken))
        {
            if (replay.Until < until && await PurgeReplayAsync(replay))
                await replays.DeleteAsync(tenant, replay.ReplayId, cancellationToken);
            else
                needed.Add(replay);
        }

        // A retry is begun before what it sends again is due, so it is old by the time that the last of that may go.
        await letters.DeleteRetriesAsync(tenant, until, cancellationToken);
        var page = new List<StoredEvents>(EventsAtOnce);
        await foreach (var stored in events.OlderAsync(tenant, until, EventsAtOnce, cancellationToken))
        {
            if (needed.Any(replay => replay.Covers(stored.Name)))
                continue;
            page.Add(stored);
            if (page.Count == EventsAtOnce)
                await PurgePageAsync();
        }
        if (page.Count > 0)
            await PurgePageAsync();
        return (gone, batches);

        // Whether none of its batches is left.
        async Task<bool> PurgeReplayAsync(Replay replay)
        {
            var prefix = EventBatch.PrefixOf(replay.Until, replay.ReplayId);
            return (await PurgeBatchesAsync(replay.EndpointId, prefix, prefix + "~", _ => true)).Count == 0;
        }

        async Task PurgePageAsync()
        {
            var names = page.Select(stored => stored.Name).ToHashSet(StringComparer.Ordinal);
            var kept = new HashSet<string>(StringComparer.Ordinal);
            foreach (var endpointId in page.SelectMany(stored => stored.Listeners).Distinct(StringComparer.Ordinal))
                kept.UnionWith(await PurgeBatchesAsync(endpointId, page[0].Name, page[^1].Name + "!", names.Contains));
            StoredEvents[] ended = [.. page.Where(stored => !kept.Contains(stored.Name))];
            if (ended.Length > 0)
                await events.DeleteAsync(tenant, ended, cancellationToken);
            gone += ended.Sum(stored => stored.Count);
            page.Clear();
        }

        // Names of those that stay.
        async Task<IReadOnlyCollection<string>> PurgeBatchesAsync(string endpointId, string from, string to, Func<string, bool> isWanted)
        {
            var kept = new List<string>();
            var old = new List<StoredBatch>();
            await foreach (var batch in deliveries.StoredAsync(tenant, endpointId, from, to, cancellationToken))
            {
                if (!isWanted(batch.Name))
                    continue;
                if (batch.MayGo(until, withDead))
                    old.Add(batch);
                else
                    kept.Add(batch.Name);
            }
            var changed = await deliveries.DeleteAsync(old, cancellationToken);
            batches += old.Count - changed.Count;
            return [.. kept, .. changed];
        }
    }
}
