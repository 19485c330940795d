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
        if (await FirstAsync(tenant, clusterId, cancellationToken) is not { } canary)
            return null;
        var retry = new DeadLetterRetry($"rty_{seed}", canary.EndpointId!, clusterId, DeadLetterRetry.Canary, canary.Batch!, [canary.Index]);
        await letters.TryWriteAsync(tenant, retry, cancellationToken);
        try
        {
            await reopening.ReopenSoonAsync(tenant, retry.EndpointId, retry.Batch, retry.Indices, retry.RetryId, cancellationToken);
        }
        catch (DomainException)
        {
            await letters.DeleteRetryAsync(tenant, retry.RetryId, CancellationToken.None);
            throw;
        }
        return retry;
    }

    /// <summary>Looks at what came of a step, and takes the next one. May run twice for the same step.</summary>
    /// <param name="batch">As it was recorded, and settled but for its next turn.</param>
    /// <returns>Whether the next step is in the same batch, whose next turn is then seen to.</returns>
    public async Task<bool> NoteAsync(DeliveryBatch batch, string retryId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (await letters.FindRetryAsync(batch.Tenant, retryId, cancellationToken) is not { Status: DeadLetterRetry.Canary or DeadLetterRetry.Running } retry || retry.Batch != batch.Name)
            return false;
        var states = retry.Indices.Select(index => (State: batch.States[index], batch.Log[index].Tries)).ToArray();
        if (states.Any(one => one.State == DeliveryState.Dead || (one.State == DeliveryState.Retrying && one.Tries > 0)))
            await StopAsync(batch.Tenant, retry, cancellationToken);
        else if (states.All(one => one.State == DeliveryState.Delivered))
            return await GoOnAsync(batch, retry, cancellationToken);
        return false;
    }

    private async Task<bool> GoOnAsync(DeliveryBatch batch, DeadLetterRetry retry, CancellationToken cancellationToken)
    {
        while (await NextAsync(batch, retry, cancellationToken) is { } step)
        {
            // Before anything is sent: what comes of a step may be there before its letters are deleted, and is held against it.
            if (await letters.TryWriteAsync(batch.Tenant, step, cancellationToken) is not { } written)
                return false; // another goes on
            retry = written;
            try
            {
                if (await reopening.ReopenAsync(batch.Tenant, step.EndpointId, step.Batch, step.Indices, step.RetryId, batch, cancellationToken) > 0)
                    return step.Batch == batch.Name;
            }
            catch (DomainException)
            {
                // The endpoint is disabled or the batch is at work for another reason: the rest stays, and may be sent again by hand.
                await StopAsync(batch.Tenant, retry, cancellationToken);
                return false;
            }
        }
        await letters.TryWriteAsync(batch.Tenant, retry with { Status = DeadLetterRetry.Done }, cancellationToken);
        return false;
    }

    private async Task StopAsync(TenantId tenant, DeadLetterRetry retry, CancellationToken cancellationToken)
    {
        await letters.TryWriteAsync(tenant, retry with { Status = DeadLetterRetry.Stopped }, cancellationToken);
        log.RetryStopped(retry.RetryId);
    }

    /// <summary>All letters of the cluster that are of the first batch which has any; null where none is left.</summary>
    private async Task<DeadLetterRetry?> NextAsync(DeliveryBatch settled, DeadLetterRetry retry, CancellationToken cancellationToken)
    {
        string? name = null;
        var indices = new List<int>();
        await foreach (var letter in letters.RangeAsync(settled.Tenant, retry.EndpointId, "", 1000, cancellationToken))
        {
            // One that was delivered may not be deleted yet.
            if (letter.ClusterId != retry.ClusterId || letter.Batch is null || (letter.Batch == settled.Name && settled.States[letter.Index] != DeliveryState.Dead))
                continue;
            name ??= letter.Batch;
            if (letter.Batch == name)
                indices.Add(letter.Index);
        }
        return name is null ? null : retry with { Status = DeadLetterRetry.Running, Batch = name, Indices = indices };
    }

    private async Task<DeadLetter?> FirstAsync(TenantId tenant, string clusterId, CancellationToken cancellationToken)
    {
        await foreach (var letter in letters.RangeAsync(tenant, null, "", 1000, cancellationToken))
        {
            if (letter.ClusterId == clusterId && letter.Batch is not null)
                return letter;
        }
        return null;
    }
}
