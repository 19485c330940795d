using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Sends the dead letters of one cause again: one first, the canary, then batch by batch; a failure stops it, and the rest stays where it is.</summary>
public sealed class DeadLetterRetries(DeadLetterStore letters, DeliveryReopening reopening, ILogger<DeadLetterRetries> log)
{
    /// <returns>The retry; null where the cluster has no letter.</returns>
    /// <exception cref="DomainException">As <see cref="DeliveryReopening.ReopenAsync"/>.</exception>
    public async Task<DeadLetterRetry?> StartAsync(TenantId tenant, string clusterId, string seed, CancellationToken cancellationToken)
    {
        if (await FirstAsync(tenant, null, clusterId, cancellationToken) is not { } canary)
            return null;
        var retry = new DeadLetterRetry($"rty_{seed}", canary.EndpointId!, clusterId, DeadLetterRetry.Canary, canary.Batch!, [canary.Index]);
        await letters.TryWriteAsync(tenant, retry, cancellationToken);
        try
        {
            await reopening.ReopenAsync(tenant, retry.EndpointId, retry.Batch, retry.Indices, retry.RetryId, cancellationToken);
        }
        catch (DomainException)
        {
            await letters.DeleteRetryAsync(tenant, retry.RetryId, CancellationToken.None);
            throw;
        }
        return retry;
    }

    /// <summary>Looks at what came of a step, and takes the next one. May run twice for the same step.</summary>
    public async Task NoteAsync(DeliveryBatch batch, string retryId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (await letters.FindRetryAsync(batch.Tenant, retryId, cancellationToken) is not { Status: DeadLetterRetry.Canary or DeadLetterRetry.Running } retry || retry.Batch != batch.Name)
            return;
        var states = retry.Indices.Select(index => (State: batch.States[index], batch.Log[index].Tries)).ToArray();
        if (states.Any(one => one.State == DeliveryState.Dead || (one.State == DeliveryState.Retrying && one.Tries > 0)))
        {
            await letters.TryWriteAsync(batch.Tenant, retry with { Status = DeadLetterRetry.Stopped }, cancellationToken);
            log.RetryStopped(retryId);
            return;
        }
        if (states.Any(one => one.State != DeliveryState.Delivered))
            return; // some are still under way
        if (await FirstAsync(batch.Tenant, retry.EndpointId, retry.ClusterId, cancellationToken) is not { } next)
        {
            await letters.TryWriteAsync(batch.Tenant, retry with { Status = DeadLetterRetry.Done }, cancellationToken);
            return;
        }
        var indices = new List<int>();
        await foreach (var letter in letters.RangeAsync(batch.Tenant, retry.EndpointId, "", 1000, cancellationToken))
        {
            if (letter.ClusterId == retry.ClusterId && letter.Batch == next.Batch)
                indices.Add(letter.Index);
        }
        var step = retry with { Status = DeadLetterRetry.Running, Batch = next.Batch!, Indices = indices };
        try
        {
            await reopening.ReopenAsync(batch.Tenant, retry.EndpointId, step.Batch, step.Indices, retryId, cancellationToken);
            await letters.TryWriteAsync(batch.Tenant, step, cancellationToken);
        }
        catch (DomainException)
        {
            // The endpoint is disabled or the batch is at work for another reason: the rest stays, and may be sent again by hand.
            await letters.TryWriteAsync(batch.Tenant, retry with { Status = DeadLetterRetry.Stopped }, cancellationToken);
            log.RetryStopped(retryId);
        }
    }

    private async Task<DeadLetter?> FirstAsync(TenantId tenant, string? endpointId, string clusterId, CancellationToken cancellationToken)
    {
        await foreach (var letter in letters.RangeAsync(tenant, endpointId, "", 1000, cancellationToken))
        {
            if (letter.ClusterId == clusterId && letter.Batch is not null)
                return letter;
        }
        return null;
    }
}
