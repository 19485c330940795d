using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Attempts a batch that is due: claims it, posts what is open, records it all at once, then brings about what follows from it.</summary>
/// <remarks>
/// What follows (counts, dead letters, the next attempt) is written into the batch with the record, and taken out once it is done:
/// a crash in between leaves it to whoever comes next.
/// </remarks>
public sealed class DeliverBatchHandler(
    EndpointStore endpoints,
    DeliveryStore deliveries,
    EventStore eventBatches,
    DueStore due,
    WebhookSender sender,
    CampaignProspectStore people,
    WorkflowStore workflows,
    IStorage storage,
    ProcessIdentity process,
    IOptions<WebhooksOptions> options,
    TimeProvider clock,
    ILogger<DeliverBatchHandler> log)
{
    // An endpoint that hangs holds up its own batch no longer than a minute: the rest of it is tried with the next attempt.
    private const int MostUnanswered = 16;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(6);

    private readonly RetrySchedule _schedule = new(options.Value.RetryDelaysSeconds is { Count: > 0 } seconds
        ? [.. seconds.Select(TimeSpan.FromSeconds)]
        : RetrySchedule.UsualDelays);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);
    private readonly IQueue<DeliveryMessage> _poison = storage.Queue<DeliveryMessage>(DeliveryMessage.PoisonQueue);

    /// <returns>The workflow that may now be waiting for nothing more; null where none is.</returns>
    public async Task<(TenantId Tenant, string WorkflowId)?> HandleAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TenantId.TryParse(message.TenantId, out var tenant) || await deliveries.FindAsync(tenant, message.EndpointId, message.Batch, cancellationToken) is not { } batch)
            return null; // erased with its tenant, or not one of ours
        if (batch.Effects is not null)
            return await SettleAsync(batch, cancellationToken);
        var now = clock.GetUtcNow();
        if (!batch.HasOpen || message.Attempt != batch.Attempt || batch.LeaseUntil > now)
            return null; // done, or another has it
        var claimed = await deliveries.TryReplaceAsync(batch with { Owner = process.Name, LeaseUntil = now + Lease }, cancellationToken);
        return claimed is null ? null : await AttemptAsync(claimed, cancellationToken);
    }

    private async Task<(TenantId, string)?> AttemptAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.FindAsync(batch.Tenant, batch.EndpointId, cancellationToken);
        var events = (await eventBatches.FindAsync(batch.Tenant, batch.Source, cancellationToken) ?? throw new InvalidDataException("A batch's events are gone.")).Events;
        var open = Enumerable.Range(0, events.Count).Where(index => batch.States[index] == 'o').ToArray();
        var results = new ConcurrentDictionary<int, AttemptResult>();
        var holder = new LeaseHolder(batch, deliveries, clock);
        using (var renewing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var renewal = holder.RenewAsync(RenewEvery, Lease, renewing.Token);
            var turns = _turns.GetOrAdd(batch.EndpointId, _ => new SemaphoreSlim(options.Value.ConcurrencyPerEndpoint));
            var unanswered = 0;
            try
            {
                await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = options.Value.ConcurrencyPerEndpoint, CancellationToken = cancellationToken }, async (index, token) =>
              {
                  await turns.WaitAsync(token);
                  try
                  {
                      results[index] = endpoint is not { IsActive: true } ? new AttemptResult(clock.GetUtcNow(), 410, 0, "the endpoint is disabled", null)
                          : Volatile.Read(ref unanswered) >= MostUnanswered ? new AttemptResult(clock.GetUtcNow(), null, 0, "not tried: the endpoint did not answer the ones before", null)
                          : await sender.PostAsync(endpoint, events[index], token);
                      if (results[index].Status is null)
                          Interlocked.Increment(ref unanswered);
                  }
                  finally
                  {
                      turns.Release();
                  }
              });
            }
            finally
            {
                await renewing.CancelAsync();
                await renewal;
            }
        }
        var recorded = await deliveries.TryReplaceAsync(Decide(holder.Batch, results, out var gone), cancellationToken);
        if (recorded is null)
            return null; // the lease was lost to another, who attempts it again: at least once
        if (gone && endpoint is { IsActive: true })
            await endpoints.UpdateAsync(batch.Tenant, batch.EndpointId, known => known.IsActive ? known with { DisabledReason = "gone" } : null, cancellationToken);
        return await SettleAsync(recorded, cancellationToken);
    }

    private DeliveryBatch Decide(DeliveryBatch batch, IReadOnlyDictionary<int, AttemptResult> results, out bool gone)
    {
        gone = false;
        var states = batch.States.ToCharArray();
        var dead = new List<DeadDelivery>();
        var delay = TimeSpan.Zero;
        foreach (var (index, result) in results)
        {
            switch (_schedule.After(result.Status, result.Failure, batch.Attempt, result.RetryAfter, batch.Name))
            {
                case DeliveryDecision.Delivered:
                    states[index] = 'd';
                    break;
                case DeliveryDecision.Dead verdict:
                    states[index] = 'x';
                    dead.Add(new DeadDelivery(index, verdict.Cause));
                    gone |= verdict.EndpointIsGone;
                    break;
                case DeliveryDecision.Retry retry:
                    delay = retry.Delay > delay ? retry.Delay : delay;
                    log.DeliveryWillBeRetried(batch.DeliveryId(index), batch.Attempt, result.Status, retry.Delay.TotalSeconds);
                    break;
            }
        }
        var answered = results.Keys.Count(index => states[index] == 'd');
        return batch with
        {
            States = new string(states),
            Log = [.. batch.Log.Select((delivery, index) => results.TryGetValue(index, out var result) ? delivery with { Attempts = [.. delivery.Attempts, result] } : delivery)],
            Attempt = batch.Attempt + 1,
            NextAttemptAt = clock.GetUtcNow() + delay,
            Owner = null,
            LeaseUntil = null,
            Effects = new AttemptEffects(batch.Attempt, batch.Attempt == 1 ? results.Count : 0, answered, dead),
        };
    }

    private async Task<(TenantId, string)?> SettleAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        var effects = batch.Effects!;
        await CountAsync(batch, effects, cancellationToken);
        foreach (var dead in effects.Dead)
            await _poison.SendAsync(Message(batch, effects.Attempt) with { Index = dead.Index, Cause = dead.Cause }, TimeSpan.Zero, cancellationToken);

        var dueRow = batch.HasOpen
            ? DueStore.RowOf(batch.NextAttemptAt!.Value + DeliveryScheduler.Grace, batch.Tenant, $"{batch.EndpointId}|{batch.Name}")
            : batch.DueRow;
        if (batch.HasOpen)
            await due.AddAsync(DeliverySweeper.Kind, dueRow, cancellationToken);
        if (await deliveries.TryReplaceAsync(batch with { Effects = null, DueRow = dueRow }, cancellationToken) is null)
            return null; // another settled it
        if (!batch.HasOpen || dueRow != batch.DueRow)
            await due.RemoveAsync(DeliverySweeper.Kind, batch.DueRow, cancellationToken);
        if (batch.HasOpen)
        {
            var delay = batch.NextAttemptAt!.Value - clock.GetUtcNow();
            await _queue.SendAsync(Message(batch, batch.Attempt), delay > TimeSpan.Zero ? delay : TimeSpan.Zero, cancellationToken);
        }
        return effects.First > 0 && batch.WorkflowId is { } workflowId ? (batch.Tenant, workflowId) : null;
    }

    private async Task CountAsync(DeliveryBatch batch, AttemptEffects effects, CancellationToken cancellationToken)
    {
        if (batch is not { WorkflowId: { } workflowId, CampaignId: { } campaignId })
            return;
        var isOwn = batch.ProspectShard >= ProspectShard.Count;
        var marker = $"try|{batch.EndpointId}|{batch.Name}|{effects.Attempt}";
        var deltas = isOwn
            ? new Dictionary<string, long> { ["OwnAttempted"] = effects.First }
            : new Dictionary<string, long>
            {
                ["Done"] = effects.First,
                ["Attempted"] = effects.First,
                ["Answered"] = effects.Answered,
                ["Dead"] = effects.Dead.Count,
                ["Delivered"] = effects.Answered,
            };
        await workflows.CountAsync(batch.Tenant, workflowId, Stage.Deliver, batch.ProspectShard, marker, deltas, cancellationToken);
        if (!isOwn && effects.Answered > 0)
            await people.CountDeliveredAsync(batch.Tenant, campaignId, ProspectShard.Of(batch.ProspectShard), marker, effects.Answered, cancellationToken);
    }

    private static DeliveryMessage Message(DeliveryBatch batch, int attempt) =>
        new(DeliveryMessage.CurrentVersion, batch.Tenant.Value, batch.EndpointId, batch.Name, attempt);
}
