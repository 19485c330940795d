using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>Polls one queue for one function.</summary>
internal sealed class QueueListener(QueueClient queue, QueueMessageProcessor processor, QueueSettings settings, TimeProvider clock, ILogger log) : IDisposable
{
    // How long a receive under way at the stop may take: cancelled at once, the messages it had fetched would stay hidden for ten minutes.
    private static readonly TimeSpan ReceiveGrace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _receiving = new();
    private readonly CancellationTokenSource _executing = new();
    private readonly WakeUps _wakeUps = new(clock);
    private readonly PollingPause _pause = new(settings.ShortestPause, settings.MaxPollingInterval, Random.Shared);
    private readonly SemaphoreSlim _hasFinishedOne = new(0, 1);
    private Task _polling = Task.CompletedTask;
    private int _inFlight;
    private bool _isFailing;

    public void Start() => _polling = Task.Run(PollAsync);

    /// <summary>Ends the pause between two polls.</summary>
    public void Wake(TimeSpan after) => _wakeUps.Add(after);

    /// <summary>Returns when no message is at work any more, or when <paramref name="cancellationToken"/> ends the patience.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _receiving.CancelAfter(ReceiveGrace);
        await _executing.CancelAsync();
        await _polling.WaitAsync(cancellationToken);
        while (Volatile.Read(ref _inFlight) > 0)
            await _hasFinishedOne.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _receiving.Dispose();
        _executing.Dispose();
        _wakeUps.Dispose();
        _hasFinishedOne.Dispose();
    }

    private async Task PollAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                while (Volatile.Read(ref _inFlight) > settings.NewBatchThreshold)
                    await _hasFinishedOne.WaitAsync(_stopping.Token);
                if (await ReceiveAsync() is { Length: > 0 } messages)
                {
                    _pause.Reset();
                    await TakeAsync(messages);
                }
                else if (await _wakeUps.WaitAsync(_pause.Next(), _stopping.Token))
                {
                    _pause.Reset();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    /// <returns>Nothing where the queue does not exist or cannot be reached: both are told by a later poll.</returns>
    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            var response = await queue.ReceiveMessagesAsync(settings.BatchSize, settings.Invisibility, _receiving.Token);
            NoteSuccess();
            return response.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            NoteSuccess();
            return [];
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested || e is not OperationCanceledException)
        {
            // Whatever it is: without this loop no message would be taken again. Told once per outage, not once per poll.
            if (!_isFailing)
                log.QueueCannotBeRead(queue.Name, e);
            _isFailing = true;
            return [];
        }
    }

    private void NoteSuccess()
    {
        if (_isFailing)
            log.QueueCanBeReadAgain(queue.Name);
        _isFailing = false;
    }

    private async Task TakeAsync(QueueMessage[] messages)
    {
        foreach (var message in messages)
        {
            if (_stopping.IsCancellationRequested)
            {
                await processor.ReleaseAsync(message, message.PopReceipt, TimeSpan.Zero);
                continue;
            }
            Interlocked.Increment(ref _inFlight);
            // On the pool: a function that works before its first await must not hold up the rest of the batch.
            _ = Task.Run(() => ProcessAsync(message));
        }
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        try
        {
            if (await processor.ProcessAsync(message, _executing.Token) is { } hiddenFor)
                _wakeUps.Add(hiddenFor);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException)
        {
            // The message's end could not be written: it comes back when its time lapses.
            log.MessageEndWasNotWritten(queue.Name, message.MessageId, e);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            Signal();
        }
    }

    private void Signal()
    {
        try
        {
            _hasFinishedOne.Release();
        }
        catch (SemaphoreFullException)
        {
            // A signal is waiting already, and the count is read after it.
        }
    }
}
