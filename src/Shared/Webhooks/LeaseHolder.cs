namespace ProspectOps.Webhooks;

/// <summary>Keeps a batch ours for as long as its requests take.</summary>
internal sealed class LeaseHolder(DeliveryBatch batch, DeliveryStore deliveries, TimeProvider clock)
{
    /// <summary>As it stands in the store, as far as we know.</summary>
    public DeliveryBatch Batch { get; private set; } = batch;

    /// <summary>Runs until it is cancelled, or the batch is no longer ours.</summary>
    public async Task RenewAsync(TimeSpan every, TimeSpan lease, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(every, clock, cancellationToken);
                // Not cancelled half way: the version that it leaves has to be known.
                if (await deliveries.TryReplaceAsync(Batch with { LeaseUntil = clock.GetUtcNow() + lease }, CancellationToken.None) is not { } renewed)
                    return;
                Batch = renewed;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The requests are done.
        }
    }
}
