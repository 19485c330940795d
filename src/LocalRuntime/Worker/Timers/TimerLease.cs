using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>Lets one process at a time run the timers of an app: the one that holds a lease on a blob.</summary>
/// <remarks>The Functions host leases for 60 s and asks every 60 s. Here a killed process is usually started again at once,
/// by the same person, so the lease is as short as the service allows and takeover comes within 25 s.</remarks>
internal sealed class TimerLease(BlobContainerClient container, string hostId, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(15);
    // Six calls a minute, of a holder as of one that waits.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    // A holder that could not renew by then stops before another may begin.
    private static readonly TimeSpan Safe = TimeSpan.FromSeconds(14);

    private readonly BlobClient _blob = container.GetBlobClient($"locks/{hostId}/Timers.Listener");

    /// <summary>Runs <paramref name="whileHeld"/> whenever this process holds the lease, until told to stop; gives the lease back then.</summary>
    /// <param name="whileHeld">Its token is cancelled when the lease is lost or the stop is asked for.</param>
    public async Task HoldAsync(Func<CancellationToken, Task> whileHeld, CancellationToken stopping)
    {
        var lease = _blob.GetBlobLeaseClient();
        var isWaiting = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var askedAt = clock.GetTimestamp();
                await AcquireAsync(lease, stopping);
                isWaiting = false;
                await RunHeldAsync(lease, askedAt, whileHeld, stopping);
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                if (!isWaiting)
                    log.TimersRunElsewhere();
                isWaiting = true;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is: without this loop no timer would run again.
                log.LeaseCannotBeAskedFor(e);
            }
            await Task.Delay(Pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunHeldAsync(BlobLeaseClient lease, long askedAt, Func<CancellationToken, Task> whileHeld, CancellationToken stopping)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var work = whileHeld(held.Token);
        var renewal = RenewAsync(lease, askedAt, held.Token);
        await Task.WhenAny(work, renewal);
        await held.CancelAsync();
        await Task.WhenAll(work, renewal).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await lease.ReleaseAsync(cancellationToken: CancellationToken.None);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // It lapses by itself.
        }
    }

    private async Task AcquireAsync(BlobLeaseClient lease, CancellationToken stopping)
    {
        try
        {
            await lease.AcquireAsync(Term, cancellationToken: stopping);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // The first start of all: nobody else runs them.
            await CreateAsync(stopping);
            await lease.AcquireAsync(Term, cancellationToken: stopping);
        }
    }

    private async Task CreateAsync(CancellationToken stopping)
    {
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: stopping);
            await _blob.UploadAsync(BinaryData.Empty, new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, stopping);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process was faster.
        }
    }

    /// <summary>Returns when the lease is lost, or when asked to.</summary>
    /// <param name="lease">As acquired.</param>
    /// <param name="renewedAt">When it was asked for: its term may have begun long before the answer came.</param>
    /// <param name="held">Asks to.</param>
    private async Task RenewAsync(BlobLeaseClient lease, long renewedAt, CancellationToken held)
    {
        var pause = Pause - clock.GetElapsedTime(renewedAt);
        while (true)
        {
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, clock, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var left = Safe - clock.GetElapsedTime(renewedAt);
            if (held.IsCancellationRequested || left <= TimeSpan.Zero)
                return;
            using var lapse = new CancellationTokenSource(left, clock);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(held, lapse.Token);
            var askedAt = clock.GetTimestamp();
            try
            {
                await lease.RenewAsync(cancellationToken: limit.Token);
                (renewedAt, pause) = (askedAt, Pause);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                return;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
            {
                pause = PauseAfterFailure;
            }
        }
    }
}
