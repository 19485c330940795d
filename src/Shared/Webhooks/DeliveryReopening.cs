using ProspectOps.Operations;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Has deliveries attempted now that are dead, canceled, or due later: with the whole schedule before them again.</summary>
public sealed class DeliveryReopening(DeliveryStore deliveries, DeadLetterRecorder deadLetters, DeadLetterStore letters, EndpointStore endpoints, DueStore due, IStorage storage, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);

    /// <summary>As <see cref="ReopenAsync(TenantId, string, string, IReadOnlyCollection{int}, string?, CancellationToken)"/>, but waits up to 2 s for the batch to be free: who asks for its deliveries one by one finds it at work on the one before.</summary>
    public async Task<int> ReopenSoonAsync(TenantId tenant, string endpointId, string name, IReadOnlyCollection<int> indices, string? retryId, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await ReopenAsync(tenant, endpointId, name, indices, retryId, cancellationToken);
            }
            catch (DomainException e) when (e.Error == WebhookErrors.DeliveryBusy && clock.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    /// <param name="retryId">The retry that waits for what comes of it, where there is one.</param>
    /// <returns>How many there are to attempt.</returns>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>, <c>endpoint_disabled</c>, <c>delivery_busy</c>.</exception>
    public Task<int> ReopenAsync(TenantId tenant, string endpointId, string name, IReadOnlyCollection<int> indices, string? retryId, CancellationToken cancellationToken) =>
        ReopenAsync(tenant, endpointId, name, indices, retryId, null, cancellationToken);

    /// <param name="settled">A batch that is settled but for its next turn, as the caller recorded it: reopened, that is its next turn.</param>
    internal async Task<int> ReopenAsync(TenantId tenant, string endpointId, string name, IReadOnlyCollection<int> indices, string? retryId, DeliveryBatch? settled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(indices);
        await endpoints.RequireEnabledAsync(tenant, endpointId, cancellationToken);
        while (await deadLetters.FindAsync(tenant, endpointId, name, cancellationToken) is { } batch)
        {
            // One that is delivered stays so, whatever is done with the others of its batch meanwhile.
            var wanted = indices.Where(index => index < batch.States.Length && batch.States[index] != DeliveryState.Delivered).ToArray();
            if (wanted.Length > 0)
            {
                var now = clock.GetUtcNow();
                var isTheCallers = settled?.Name == name && settled.Version == batch.Version;
                var isUnsettled = !isTheCallers && batch.Effects is not null && (batch.HasOpen || await due.ExistsAsync(DeliverySweeper.Kind, batch.DueRow, cancellationToken));
                if (batch.LeaseUntil > now || isUnsettled)
                    throw new DomainException(WebhookErrors.DeliveryBusy);
                var dueRow = DueStore.RowOf(now + DeliveryScheduler.Grace, tenant, $"{endpointId}|{name}");
                await due.AddAsync(DeliverySweeper.Kind, dueRow, cancellationToken);
                var reopened = await deliveries.TryReplaceAsync(Reopened(batch, wanted) with { DueRow = dueRow, RetryId = retryId ?? batch.RetryId }, cancellationToken);
                if (reopened is null)
                    continue; // somebody was faster; the reminder that is one too many goes by itself
                if (dueRow != batch.DueRow)
                    await due.RemoveAsync(DeliverySweeper.Kind, batch.DueRow, cancellationToken);
                await _queue.SendAsync(DeliveryMessage.Of(reopened), TimeSpan.Zero, cancellationToken);
            }
            foreach (var index in indices)
                await letters.DeleteAsync(tenant, DeliveryBatch.DeliveryIdOf(endpointId, name, index), cancellationToken);
            return wanted.Length;
        }
        return 0;
    }

    private static DeliveryBatch Reopened(DeliveryBatch batch, int[] indices)
    {
        var states = batch.States.ToCharArray();
        var log = batch.Log.ToArray();
        foreach (var index in indices)
        {
            states[index] = states[index] is DeliveryState.Dead or DeliveryState.Canceled ? DeliveryState.Retrying : states[index];
            log[index] = log[index] with { Tries = 0, NextAttemptAt = null, Cause = null };
        }
        return batch with { States = new string(states), Log = log, NextAttemptAt = null, Effects = null };
    }
}
