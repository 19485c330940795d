using Microsoft.Extensions.Options;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Sends an endpoint all events since a time once more, oldest first and no faster than its rate; those too that it missed while it was disabled, or before it was made.</summary>
public sealed class ReplayService(EndpointStore endpoints, EventStore events, DeliveryStore deliveries, DeliveryScheduler scheduler, ReplayStore replays, IStorage storage, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    private readonly IQueue<EndpointWorkMessage> _work = storage.Queue<EndpointWorkMessage>(EndpointWorkMessage.Queue);

    /// <param name="since">Events that are due to be deleted for their age are not sent once more, whatever is asked for.</param>
    /// <exception cref="Platform.Errors.DomainException"><c>endpoint_not_found</c>, <c>endpoint_disabled</c>.</exception>
    public async Task<ReplayPlan> StartAsync(TenantId tenant, string endpointId, DateTimeOffset since, bool isDryRun, string seed, CancellationToken cancellationToken)
    {
        var endpoint = isDryRun ? await endpoints.RequireAsync(tenant, endpointId, cancellationToken) : await endpoints.RequireEnabledAsync(tenant, endpointId, cancellationToken);
        var now = clock.GetUtcNow();
        var oldest = now.AddDays(-options.Value.RetainDays);
        since = since > oldest ? since : oldest;
        var count = 0;
        await foreach (var header in events.HeadersSinceAsync(tenant, since, cancellationToken))
        {
            if (IsFor(endpoint, header))
                count += header.Count;
        }
        var rate = Math.Min(endpoint.RatePerSecond ?? double.MaxValue, options.Value.ReplayPerSecond);
        var plan = new ReplayPlan(isDryRun ? null : $"rpl_{seed}", endpointId, since, isDryRun, count, await CountDeliveredAsync(tenant, endpointId, since, cancellationToken), rate, Math.Ceiling(count / rate));
        if (plan.ReplayId is not { } replayId)
            return plan;
        await replays.AddAsync(tenant, new Replay(replayId, endpointId, since, now, rate), cancellationToken);
        await _work.SendAsync(EndpointWorkMessage.Replay(tenant, endpointId, replayId), TimeSpan.Zero, cancellationToken);
        return plan;
    }

    /// <summary>Plans the deliveries. All names derive from the replay: run twice, it plans the same.</summary>
    public async Task RunAsync(TenantId tenant, string replayId, CancellationToken cancellationToken)
    {
        if (await replays.FindAsync(tenant, replayId, cancellationToken) is not { } replay || await endpoints.ReadAsync(tenant, replay.EndpointId, cancellationToken) is not { } endpoint)
            return;
        var headers = new List<EventHeader>();
        await foreach (var header in events.HeadersSinceAsync(tenant, replay.Since, cancellationToken))
        {
            // What came after the request is not sent once more; it is sent anyway.
            if (IsFor(endpoint, header) && replay.Covers(header.Name))
                headers.Add(header);
        }
        headers.Reverse();
        var sent = 0;
        for (var number = 0; number < headers.Count; number++)
        {
            if (await events.FindAsync(tenant, headers[number].Name, cancellationToken) is not { } batch)
                continue;
            await scheduler.ReplayAsync(batch, endpoint.EndpointId, EventBatch.NameOf(replay.Until, replayId, 0, number), replayId, replay.Until + TimeSpan.FromSeconds(sent / replay.PerSecond), cancellationToken);
            sent += headers[number].Count;
        }
    }

    private static bool IsFor(WebhookEndpoint endpoint, EventHeader header) =>
        !EventTypes.IsAboutItsReceiver(header.EventType) && (endpoint with { DisabledReason = null }).Hears(header.EventType, header.CampaignId);

    private async Task<int> CountDeliveredAsync(TenantId tenant, string endpointId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var count = 0;
        var last = EventBatch.LastNameSince(since);
        await foreach (var batch in deliveries.RangeAsync(tenant, endpointId, "", 1000, cancellationToken))
        {
            if (string.CompareOrdinal(batch.Name, last) > 0)
                break;
            if (batch.ReplayId is null && !EventTypes.IsAboutItsReceiver(batch.EventType))
                count += batch.States.Count(state => state == DeliveryState.Delivered);
        }
        return count;
    }
}
