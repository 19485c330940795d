using System.Threading.Channels;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Runs activities, a bounded number at once, in the order in which they were called.</summary>
/// <remarks>A result goes to the mailbox of its instance and is recorded with the next episode, together with others. An activity
/// that ran but was not recorded runs again after a crash: at least once.</remarks>
internal sealed class ActivityQueue(ITaskCode code, int concurrency, Action<LiveInstance, CompletionMessage> onCompleted) : IAsyncDisposable
{
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>();
    private readonly CancellationTokenSource _stop = new();
    private Task[] _workers = [];
    private int _running;

    public int Running => Volatile.Read(ref _running);

    public void Start() => _workers = [.. Enumerable.Range(0, concurrency).Select(_ => Task.Run(WorkAsync))];

    public void Add(LiveInstance instance, int ordinal, TaskScheduled activity) => _queue.Writer.TryWrite(new Work(instance, ordinal, activity));

    /// <summary>Begins nothing more and signals what runs.</summary>
    /// <returns>Ends when all have ended.</returns>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_stop.Token))
            {
                while (!_stop.IsCancellationRequested && _queue.Reader.TryRead(out var work))
                    await RunAsync(work);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops; what waits in the queue is found again in the history.
        }
    }

    private async Task RunAsync(Work work)
    {
        var (instance, ordinal, activity) = work;
        if (instance.IsClosed || instance.Header.IsEnded || instance.Header.Ordinal != ordinal)
            return;
        Interlocked.Increment(ref _running);
        try
        {
            var result = await code.RunActivityAsync(activity.Name, instance.Id, activity.Payload, _stop.Token);
            onCompleted(instance, new CompletionMessage(ordinal, new TaskCompleted(activity.Id) { Payload = result }));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped, not failed: it runs again at the next start.
        }
        catch (Exception exception)
        {
            onCompleted(instance, new CompletionMessage(ordinal, new TaskFailed(activity.Id, FailureRecord.From(exception))));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private sealed record Work(LiveInstance Instance, int Ordinal, TaskScheduled Activity);
}
