using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Hosting;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Webhooks;

/// <summary>Takes a turn of a batch that is due: claims it, posts what is due, records it, then has brought about what follows from it.</summary>
public sealed class DeliverBatchHandler(
    EndpointStore endpoints,
    DeliveryStore deliveries,
    EventStore events,
    EndpointTurns turns,
    EndpointHealth health,
    WebhookSender sender,
    DeliverySettlement settlement,
    DeadLetterRecorder deadLetters,
    WorkflowControls controls,
    UsageMeter usage,
    ProcessIdentity process,
    IOptions<WebhooksOptions> options,
    TimeProvider clock,
    ILogger<DeliverBatchHandler> log)
{
    // The store's clock is not ours: a message may come a little before its time.
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(500);

    // While an endpoint is not verified, or its window is open, somebody looks again so often at least; what ends the waiting sends a message.
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(1);

    private readonly BatchOutcome _outcome = new(RetrySchedule.Of(options.Value));

    /// <returns>The workflow that may now be waiting for nothing more; null where none is.</returns>
    public async Task<(TenantId Tenant, string WorkflowId)?> HandleAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TenantId.TryRecorded(message.TenantId, out var tenant) || await deadLetters.FindAsync(tenant, message.EndpointId, message.Batch, cancellationToken) is not { } batch)
            return null; // erased with its tenant, not one of ours, or not to be read
        var now = clock.GetUtcNow();
        if (batch.LeaseUntil > now)
            return null; // another has it
        if (batch.Effects is not null)
            return await settlement.SettleAgainAsync(batch, cancellationToken);
        var due = batch.DueBy(now + Early);
        if (due.Length == 0 || message.Turn != batch.Turn)
            return null; // done, or put off since
        if (batch.EndsWithItsWorkflow && await controls.IsCanceledAsync(tenant, batch.WorkflowId!, cancellationToken))
            return await CancelAsync(batch, cancellationToken);

        var endpoint = await endpoints.FindAsync(tenant, batch.EndpointId, cancellationToken);
        if (endpoint is null || endpoint.DisabledReason is not null)
            return await EndAsync(batch, endpoint is null ? DeliverySettlement.EndpointDeleted : "the endpoint is disabled", cancellationToken);
        if (HeldUntil(batch, endpoint, now) is { } heldUntil)
            return await HoldAsync(batch, due, heldUntil, cancellationToken);

        var (turn, wait) = await turns.TryEnterAsync(tenant, endpoint, cancellationToken);
        if (turn is null)
            return await PutOffAsync(batch, due, now + wait, isHeld: false, cancellationToken);
        try
        {
            var claimed = await deliveries.TryReplaceAsync(batch with { Owner = process.Name, LeaseUntil = clock.GetUtcNow() + BatchAttempt.Lease }, cancellationToken);
            return claimed is null ? null : await AttemptAsync(claimed, endpoint, turn, due, cancellationToken);
        }
        finally
        {
            turn.Leave();
        }
    }

    private async Task<(TenantId, string)?> AttemptAsync(DeliveryBatch batch, WebhookEndpoint endpoint, EndpointTurn turn, int[] due, CancellationToken cancellationToken)
    {
        var source = await events.FindAsync(batch.Tenant, batch.Source, cancellationToken) ?? throw new InvalidDataException("A batch's events are gone.");
        var attempt = new BatchAttempt(batch, deliveries, _outcome, sender, turn, clock, log);
        if (await attempt.RunAsync(endpoint, source.Events, due, options.Value.ConcurrencyPerEndpoint, cancellationToken) is not { } answered)
            return null; // the lease was lost to another: at least once
        var effects = answered.Effects ?? new AttemptEffects(batch.Turn, []);
        if (await health.NoteAsync(batch.Tenant, endpoint, attempt.Seen, cancellationToken) is { } reason)
            effects = effects with { Disables = effects.Disables ?? reason };
        var recorded = await deliveries.TryReplaceAsync(answered with { Turn = batch.Turn + 1, Owner = null, LeaseUntil = null, Effects = effects }, cancellationToken);
        if (recorded is null)
            return null;
        usage.Count(batch.Tenant, null, "delivery", new UsageCounts(Deliveries: attempt.Successes));
        return await settlement.SettleAsync(recorded, cancellationToken);
    }

    /// <summary>Until when the endpoint is not to be called, or it is worth looking again whether it may be; null where it may.</summary>
    private static DateTimeOffset? HeldUntil(DeliveryBatch batch, WebhookEndpoint endpoint, DateTimeOffset now) =>
        EventTypes.IsAboutItsReceiver(batch.EventType) ? null
        : !endpoint.IsVerified ? now + LongestHold
        : MaintenanceSchedule.EndOf(endpoint.MaintenanceWindows, now);

    private async Task<(TenantId, string)?> HoldAsync(DeliveryBatch batch, int[] due, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var waiting = await PutOffAsync(batch, due, until, isHeld: true, cancellationToken);
        // What ends the waiting sends out what it finds waiting. Where that came first, this is to be sent out too.
        if (await endpoints.ReadAsync(batch.Tenant, batch.EndpointId, cancellationToken) is { } endpoint && !(HeldUntil(batch, endpoint, clock.GetUtcNow()) >= until))
            await health.ReleaseAsync(batch.Tenant, batch.EndpointId, cancellationToken);
        return waiting;
    }

    private async Task<(TenantId, string)?> PutOffAsync(DeliveryBatch batch, int[] due, DateTimeOffset until, bool isHeld, CancellationToken cancellationToken)
    {
        var later = BatchOutcome.PutOff(batch, due, until, isHeld) with { Effects = new AttemptEffects(batch.Turn, []) };
        return await deliveries.TryReplaceAsync(later, cancellationToken) is { } put ? await settlement.SettleAsync(put, cancellationToken) : null;
    }

    private async Task<(TenantId, string)?> CancelAsync(DeliveryBatch batch, CancellationToken cancellationToken) =>
        await deliveries.TryReplaceAsync(BatchOutcome.Canceled(batch), cancellationToken) is { } canceled ? await settlement.SettleAsync(canceled, cancellationToken) : null;

    private async Task<(TenantId, string)?> EndAsync(DeliveryBatch batch, string cause, CancellationToken cancellationToken)
    {
        var ended = BatchOutcome.Ended(batch, cause) with { Turn = batch.Turn + 1 };
        return await deliveries.TryReplaceAsync(ended, cancellationToken) is { } recorded ? await settlement.SettleAsync(recorded, cancellationToken) : null;
    }
}
