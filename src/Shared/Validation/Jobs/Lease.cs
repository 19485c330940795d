using Microsoft.Extensions.Logging;

namespace ProspectOps.Validation.Jobs;

/// <summary>Keeps work ours for as long as it takes: 20 s at a time.</summary>
/// <param name="renew">Writes the new end of the lease; null where the work is no longer ours.</param>
internal sealed class Lease<T>(T held, Func<T, DateTimeOffset, Task<T?>> renew, TimeProvider clock, ILogger log) where T : class
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(6);

    /// <summary>As it stands in the store, as far as we know.</summary>
    public T Held { get; private set; } = held;

    /// <summary>Whether another has the work, or it was erased with its tenant.</summary>
    public bool IsLost { get; private set; }

    public static DateTimeOffset Until(DateTimeOffset now) => now + TimeSpan.FromSeconds(20);

    /// <summary>Does the work while the lease is renewed.</summary>
    /// <exception cref="OperationCanceledException">The lease was lost: what is still done of the work nobody wants.</exception>
    public async Task<TResult> WhileAsync<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var renewing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(working, renewing.Token);
        try
        {
            return await work(working.Token);
        }
        finally
        {
            await renewing.CancelAsync();
            await renewal;
        }
    }

    private async Task RenewAsync(CancellationTokenSource working, CancellationToken cancellationToken)
    {
        try
        {
            do
                await Task.Delay(Every, clock, cancellationToken);
            while (await TryRenewAsync());
            await working.CancelAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            // Not cancelled half way: the version that it leaves has to be known.
            var renewed = await renew(Held, Until(clock.GetUtcNow()));
            IsLost = renewed is null;
            Held = renewed ?? Held;
            return !IsLost;
        }
        catch (Exception e)
        {
            // The edge of a background task: the lease outlasts two more attempts, and work that is paid for does not end with one.
            log.LeaseNotRenewed(e);
            return true;
        }
    }
}
