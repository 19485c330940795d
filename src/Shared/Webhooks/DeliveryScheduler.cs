using ProspectOps.Operations;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Webhooks;

/// <summary>Plans the deliveries of events: rows first, then the messages, so that a crash between them loses nothing. Run twice, it plans the same.</summary>
public sealed class DeliveryScheduler(DeliveryStore deliveries, DueStore due, IStorage storage, TimeProvider clock)
{
    /// <summary>What the creator of a batch is given to send its message.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);

    /// <param name="events">Written down already.</param>
    /// <param name="shard">The partition of people that the events are about, where they are a workflow's.</param>
    public async Task PlanAsync(EventBatch events, IReadOnlyList<string> endpointIds, CancellationToken cancellationToken, int shard = 0)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(endpointIds);
        foreach (var endpointId in endpointIds)
            await PlanAsync(events, endpointId, shard, cancellationToken);
    }

    private async Task PlanAsync(EventBatch events, string endpointId, int shard, CancellationToken cancellationToken)
    {
        var dueRow = DueStore.RowOf(clock.GetUtcNow() + Grace, events.Tenant, $"{endpointId}|{events.Name}");
        await due.AddAsync(DeliverySweeper.Kind, dueRow, cancellationToken);
        var added = await deliveries.TryAddAsync(new DeliveryBatch
        {
            Tenant = events.Tenant,
            EndpointId = endpointId,
            Name = events.Name,
            Source = events.Name,
            EventType = events.EventType,
            WorkflowId = events.WorkflowId,
            CampaignId = events.CampaignId,
            ProspectShard = shard,
            States = new string('o', events.Events.Count),
            Log = [.. events.Events.Select(planned => new DeliveryLog(planned.EventId, planned.ProspectKey, []))],
            DueRow = dueRow,
        }, cancellationToken);
        // Planned before: its own reminder sees to its message. This one may be the same, so the sweeper takes it away.
        if (added)
            await _queue.SendAsync(new DeliveryMessage(DeliveryMessage.CurrentVersion, events.Tenant.Value, endpointId, events.Name, 1), TimeSpan.Zero, cancellationToken);
    }
}
