using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Brings about what a recorded turn leads to: counts, dead letters, what becomes of the endpoint, the next turn. Each is harmless twice; a crash leaves the rest to the sweeper.</summary>
public sealed class DeliverySettlement(
    DeliveryStore deliveries, DeadLetterRecorder deadLetters, DeadLetterRetries retries, EndpointHealth health, DueStore due, CampaignProspectStore people, WorkflowStore workflows, IStorage storage, TimeProvider clock)
{
    /// <summary>Why deliveries of an endpoint that is deleted end: they make no dead letters, for there is nowhere to send them again.</summary>
    internal const string EndpointDeleted = "the endpoint was deleted";

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);
    private readonly IQueue<DeliveryMessage> _poison = storage.Queue<DeliveryMessage>(DeliveryMessage.PoisonQueue);

    /// <summary>Settles what another began, unless it is settled.</summary>
    public async Task<(TenantId Tenant, string WorkflowId)?> SettleAgainAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!batch.HasOpen && !await due.ExistsAsync(DeliverySweeper.Kind, batch.DueRow, cancellationToken))
            return null;
        return await SettleAsync(batch, cancellationToken);
    }

    /// <returns>The workflow that may now be waiting for nothing more; null where none is.</returns>
    public async Task<(TenantId Tenant, string WorkflowId)?> SettleAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var effects = batch.Effects ?? throw new InvalidOperationException("There is nothing to settle.");
        var allAttempted = await CountAsync(batch, effects, cancellationToken);
        if (effects.Verifies)
            await health.VerifyAsync(batch.Tenant, batch.EndpointId, cancellationToken);
        if (effects.Disables is { } reason)
            await health.DisableAsync(batch.Tenant, batch.EndpointId, reason, cancellationToken);
        await BuryAsync(batch, effects, cancellationToken);
        if (batch.RetryId is { } retryId && await retries.NoteAsync(batch, retryId, cancellationToken))
        {
            // The retry goes on in this batch: its next turn is on its way.
        }
        else if (batch.HasOpen)
        {
            if (!await GoOnAsync(batch, cancellationToken))
                return null; // another settled it
        }
        else
        {
            // The record stays as it is: with the reminder gone it counts as settled.
            await due.RemoveAsync(DeliverySweeper.Kind, batch.DueRow, cancellationToken);
        }
        return allAttempted && batch.WorkflowId is { } workflowId ? (batch.Tenant, workflowId) : null;
    }

    /// <summary>Sees to the next turn.</summary>
    private async Task<bool> GoOnAsync(DeliveryBatch batch, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var at = batch.NextAttemptAt ?? now;
        var dueRow = DueStore.RowOf(at + DeliveryScheduler.Grace, batch.Tenant, $"{batch.EndpointId}|{batch.Name}");
        await due.AddAsync(DeliverySweeper.Kind, dueRow, cancellationToken);
        if (await deliveries.TryReplaceAsync(batch with { Effects = null, DueRow = dueRow }, cancellationToken) is null)
            return false;
        if (dueRow != batch.DueRow)
            await due.RemoveAsync(DeliverySweeper.Kind, batch.DueRow, cancellationToken);
        await _queue.SendAsync(DeliveryMessage.Of(batch), DeliveryMessage.DelayUntil(at, now), cancellationToken);
        return true;
    }

    private async Task BuryAsync(DeliveryBatch batch, AttemptEffects effects, CancellationToken cancellationToken)
    {
        var dead = effects.Dead.Where(one => one.Cause != EndpointDeleted && !EventTypes.IsAboutItsReceiver(batch.EventType)).ToArray();
        if (dead.Length == 0)
            return;
        // The reminder first: should the message be lost, the timer makes the rows that are missing.
        var reminder = await deadLetters.RemindAsync(batch, cancellationToken);
        await _poison.SendAsync(DeliveryMessage.Of(batch) with { Turn = effects.Turn, Dead = dead, Reminder = reminder }, TimeSpan.Zero, cancellationToken);
    }

    private async Task<bool> CountAsync(DeliveryBatch batch, AttemptEffects effects, CancellationToken cancellationToken)
    {
        if (batch is not { WorkflowId: { } workflowId, CampaignId: { } campaignId, Listeners: > 0 })
            return false;
        var isOwn = batch.ProspectShard >= ProspectShard.Count;
        var isFirst = effects.Turn == 1;
        var (allAttempted, delivered) = await workflows.TallyAsync(
            batch.Tenant, workflowId, batch.ProspectShard, batch.Source, batch.EndpointId, batch.States, batch.Listeners, isOwn, isFirst, cancellationToken);
        if (!isOwn && delivered.Contains('d', StringComparison.Ordinal))
            await people.CountDeliveredAsync(batch.Tenant, campaignId, ProspectShard.Of(batch.ProspectShard), $"{workflowId}|{batch.Source}", delivered, isFirst, cancellationToken);
        return allAttempted;
    }
}
