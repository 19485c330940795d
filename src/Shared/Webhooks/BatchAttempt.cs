using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Webhooks;

/// <summary>Posts what is due of a batch that is ours, and writes the answers down as they come: at least every 100 ms, so that a process that dies repeats no more than that.</summary>
internal sealed class BatchAttempt(DeliveryBatch claimed, DeliveryStore deliveries, BatchOutcome outcome, WebhookSender sender, EndpointTurn turn, TimeProvider clock, ILogger log)
{
    // An endpoint that hangs holds up its own batch no longer than a minute: the rest of it is tried with the next attempt.
    private const int MostUnanswered = 16;

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestRateWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<(int Index, AttemptResult Result)> _answered = new();
    private readonly ConcurrentDictionary<int, TimeSpan> _putOff = new();
    private DeliveryBatch? _batch;
    private int _unanswered;
    private int _successes;
    private int _failures;

    /// <summary>Requests that were answered 2xx.</summary>
    public int Successes => _successes;

    /// <summary>Whether any request succeeded, whether any failed.</summary>
    public (bool Success, bool Failure) Seen => (_successes > 0, _failures > 0);

    /// <returns>The batch as it stands in the store, still ours, and the answers not yet in it; null where another took it.</returns>
    public async Task<DeliveryBatch?> RunAsync(WebhookEndpoint endpoint, IReadOnlyList<PlannedEvent> events, int[] due, int concurrency, CancellationToken cancellationToken)
    {
        _batch = claimed;
        using var posting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = new CancellationTokenSource();
        var writing = WriteAsync(posting, done.Token);
        try
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = posting.Token },
                async (index, token) => await PostAsync(endpoint, events[index], index, token));
        }
        catch (OperationCanceledException) when (posting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null; // the lease was lost: whoever has it posts the rest
        }
        finally
        {
            await done.CancelAsync();
            await writing;
        }
        if (_batch is null)
            return null;
        var now = clock.GetUtcNow();
        var answered = TakeAnswered(_batch);
        return _putOff.IsEmpty ? answered : BatchOutcome.PutOff(answered, [.. _putOff.Keys], now + _putOff.Values.Min(), isHeld: false);
    }

    private async Task PostAsync(WebhookEndpoint endpoint, PlannedEvent planned, int index, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _unanswered) >= MostUnanswered)
        {
            _answered.Enqueue((index, new AttemptResult(clock.GetUtcNow(), null, 0, "not tried: the endpoint did not answer the ones before", null)));
            return;
        }
        if (!turn.TryTakeRate(endpoint.RatePerSecond, LongestRateWait, out var wait))
        {
            _putOff[index] = wait;
            return;
        }
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellationToken);
        var attempt = claimed.Log[index].Attempts.Count + 1;
        var result = await turn.RequestAsync(token => sender.PostAsync(endpoint, planned, token, attempt, claimed.ReplayId is not null), cancellationToken);
        if (result.Status is null)
            Interlocked.Increment(ref _unanswered);
        Interlocked.Increment(ref result.IsSuccess ? ref _successes : ref _failures);
        if (!result.IsSuccess)
            log.AttemptFailed(claimed.DeliveryId(index), attempt, result.Status, result.Failure);
        _answered.Enqueue((index, result));
    }

    /// <summary>Writes what was answered meanwhile, and renews the lease, until there is nothing to wait for or the batch is no longer ours.</summary>
    private async Task WriteAsync(CancellationTokenSource posting, CancellationToken done)
    {
        var writtenAt = clock.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(WriteEvery, clock, done);
                if (_answered.IsEmpty && clock.GetElapsedTime(writtenAt) < RenewEvery)
                    continue;
                // Not cancelled half way: the version that it leaves has to be known.
                _batch = await deliveries.TryReplaceAsync(TakeAnswered(_batch!) with { LeaseUntil = clock.GetUtcNow() + Lease }, CancellationToken.None);
                writtenAt = clock.GetTimestamp();
                if (_batch is not null)
                    continue;
                await posting.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // All is answered.
        }
        catch
        {
            // What is answered from here on could not be written down, and would be posted again.
            await posting.CancelAsync();
            throw;
        }
    }

    private DeliveryBatch TakeAnswered(DeliveryBatch known)
    {
        var results = new Dictionary<int, AttemptResult>();
        while (_answered.TryDequeue(out var answered))
            results[answered.Index] = answered.Result;
        return results.Count == 0 ? known : outcome.With(known, results, clock.GetUtcNow());
    }
}
