namespace ProspectOps.Validation.Jobs;

/// <summary>Keeps work ours for as long as it takes: 20 s at a time.</summary>
/// <param name="renew">Writes the new end of the lease; null where the work is no longer ours.</param>
internal sealed class Lease<T>(T held, Func<T, DateTimeOffset, Task<T?>> renew, TimeProvider clock) where T : class
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(6);

    /// <summary>As it stands in the store, as far as we know.</summary>
    public T Held { get; private set; } = held;

    public static DateTimeOffset Until(DateTimeOffset now) => now + TimeSpan.FromSeconds(20);

    /// <summary>Does the work while the lease is renewed.</summary>
    public async Task<TResult> WhileAsync<TResult>(Func<Task<TResult>> work, CancellationToken cancellationToken)
    {
        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(renewing.Token);
        try
        {
            return await work();
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, clock, cancellationToken);
                // Not cancelled half way: the version that it leaves has to be known.
                if (await renew(Held, Until(clock.GetUtcNow())) is not { } renewed)
                    return;
                Held = renewed;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work is done.
        }
    }
}
