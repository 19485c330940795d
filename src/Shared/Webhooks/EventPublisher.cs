using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProspectOps.Operations;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Tells what happened to a tenant to every endpoint that listens for it: exactly one event for a type and key, delivered at least once.</summary>
/// <remarks>
/// For every capability, inside a step that may run twice. When the call returns, the event is written down; a crash after that loses nothing.
/// Calls to the store: none or one where nobody listens or it was published before, else four and three for each listener.
/// </remarks>
public sealed class EventPublisher(EndpointStore endpoints, EventStore events, DeliveryScheduler deliveries, DueStore due, TimeProvider clock, ILogger<EventPublisher> log)
{
    internal const string Kind = "events";

    // What the publisher itself is given to plan the deliveries.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <returns>The event's id, the <c>webhook-id</c> of each delivery.</returns>
    public Task<string> PublishAsync(TenantEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return PublishAsync([happened], cancellationToken);
    }

    /// <summary>Events of one tenant, type and campaign that happened together, 50 at most. They are published as one: the first one's key says whether they were before.</summary>
    /// <returns>The first one's id.</returns>
    public async Task<string> PublishAsync(IReadOnlyList<TenantEvent> happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        ArgumentOutOfRangeException.ThrowIfLessThan(happened.Count, 1, nameof(happened));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(happened.Count, EventBatch.MostEvents, nameof(happened));
        var first = happened[0];
        var eventId = EventIdOf(first);
        if (events.WasPublishedHere(first.Tenant, eventId))
            return eventId;
        var listening = (await endpoints.ListeningAsync(first.Tenant, first.Type, first.CampaignId, cancellationToken))
            .Select(endpoint => endpoint.EndpointId).Where(id => id != first.ExceptEndpointId).ToArray();
        if (listening.Length == 0)
            return eventId;
        var at = clock.GetUtcNow();
        var batch = new EventBatch(
            first.Tenant, EventBatch.NameOf(at, eventId), first.Type, null, first.CampaignId,
            [.. happened.Select(one => new PlannedEvent(EventIdOf(one), null, EventBatch.BodyOf(one.Type, at, one.Data)))]);

        // The reminder comes first: what is written down is told, though we die before the next line.
        var dueRow = DueStore.RowOf(at + Grace, first.Tenant, eventId);
        await due.AddAsync(Kind, dueRow, cancellationToken);
        if (!await events.TryPublishAsync(batch, listening, cancellationToken))
            return eventId; // by another, whose reminder this may be: the sweeper takes it away
        await deliveries.PlanAsync(batch, listening, cancellationToken);
        await due.RemoveAsync(Kind, dueRow, cancellationToken);
        return eventId;
    }

    /// <summary>Plans the deliveries of events whose publisher died between writing them down and planning.</summary>
    public async Task SweepAsync(bool othersAreDead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var item in due.UntilAsync(Kind, othersAreDead ? now + Grace : now, cancellationToken))
        {
            if (await PublishedAsync(item, cancellationToken) is { } published)
                await deliveries.PlanAsync(published.Batch, published.Listeners, cancellationToken);
            else if (item.At > now - TimeSpan.FromMinutes(10))
                continue; // A reminder comes before its event; one that stays alone for ten minutes was left by a crash.
            await due.RemoveAsync(Kind, item.Row, cancellationToken);
        }
    }

    /// <summary>Null where it is not there; also where it cannot be read, so that one such event does not keep all others from being swept.</summary>
    private async Task<(EventBatch Batch, IReadOnlyList<string> Listeners)?> PublishedAsync(DueItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await events.PublishedAsync(item.Tenant, item.Id, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            log.EventUnreadable(item.Id, item.Tenant.Value, e.Message);
            return null;
        }
    }

    private static string EventIdOf(TenantEvent happened) => EventBatch.EventIdOf(happened.Tenant, "tenant", happened.Type, happened.Key);
}
