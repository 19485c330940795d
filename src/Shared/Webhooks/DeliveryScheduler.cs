using ProspectOps.Operations;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Webhooks;

/// <summary>Plans the deliveries of events: rows first, then the messages, so that a crash between them loses nothing. Run twice, it plans the same.</summary>
public sealed class DeliveryScheduler(DeliveryStore deliveries, DueStore due, RetentionReminder retention, IStorage storage, TimeProvider clock)
{
    /// <summary>What the creator of a batch is given to send its message.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private const int EndpointsAtOnce = 10;

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);

    /// <param name="events">Written down already.</param>
    /// <param name="shard">The partition of people that the events are about, where they are a workflow's.</param>
    public async Task PlanAsync(EventBatch events, IReadOnlyList<string> endpointIds, CancellationToken cancellationToken, int shard = 0)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(endpointIds);
        await retention.RemindAsync(events.Tenant, cancellationToken);
        // Side by side: with ten endpoints the last would else hear thirty calls later than the first.
        foreach (var some in endpointIds.Chunk(EndpointsAtOnce))
        {
            await Task.WhenAll(some.Select(endpointId =>
            {
                var batch = Batch(events, endpointId, events.Name) with { ProspectShard = shard, Listeners = events.WorkflowId is null ? 0 : endpointIds.Count };
                return PlanAsync(batch, clock.GetUtcNow(), cancellationToken);
            }));
        }
    }

    /// <summary>Plans events for one endpoint once more; no workflow counts them.</summary>
    /// <param name="name">Of the new batch.</param>
    /// <param name="at">When they are due.</param>
    public Task ReplayAsync(EventBatch events, string endpointId, string name, string replayId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        var batch = Batch(events, endpointId, name) with { ReplayId = replayId, NextAttemptAt = at };
        return PlanAsync(batch with { Log = [.. batch.Log.Select(delivery => delivery with { NextAttemptAt = at })] }, at, cancellationToken);
    }

    private async Task PlanAsync(DeliveryBatch batch, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var dueRow = DueStore.RowOf(at + Grace, batch.Tenant, $"{batch.EndpointId}|{batch.Name}");
        await due.AddAsync(DeliverySweeper.Kind, dueRow, cancellationToken);
        if (!await deliveries.TryAddAsync(batch with { DueRow = dueRow }, cancellationToken))
            return; // planned before: its own reminder sees to its message. This one may be the same, so the sweeper takes it away
        await _queue.SendAsync(DeliveryMessage.Of(batch), DeliveryMessage.DelayUntil(at, clock.GetUtcNow()), cancellationToken);
    }

    private static DeliveryBatch Batch(EventBatch events, string endpointId, string name) => new()
    {
        Tenant = events.Tenant,
        EndpointId = endpointId,
        Name = name,
        Source = events.Name,
        EventType = events.EventType,
        WorkflowId = events.WorkflowId,
        CampaignId = events.CampaignId,
        States = new string(DeliveryState.Open, events.Events.Count),
        Log = [.. events.Events.Select(planned => new DeliveryLog(planned.EventId, planned.ProspectKey, []))],
        DueRow = "",
    };
}
