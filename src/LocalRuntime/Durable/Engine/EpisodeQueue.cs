using System.Threading.Channels;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Runs episodes, a bounded number at once, each instance's one after the other.</summary>
internal sealed class EpisodeQueue(int concurrency, Func<LiveInstance, CancellationToken, Task> run) : IAsyncDisposable
{
    // Long enough for the other results of a fan-out to come in, short enough not to be felt.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(15);

    private readonly Channel<LiveInstance> _queue = Channel.CreateUnbounded<LiveInstance>();
    private readonly CancellationTokenSource _stop = new();
    private Task[] _workers = [];
    private int _pending;

    /// <summary>Whether nothing waits, lingers or runs.</summary>
    public bool IsIdle => Volatile.Read(ref _pending) == 0;

    public void Start() => _workers = [.. Enumerable.Range(0, concurrency).Select(_ => Task.Run(WorkAsync))];

    /// <summary>For an instance whose mailbox said that it must be queued.</summary>
    public void Add(LiveInstance instance, QueueTurn turn)
    {
        if (turn == QueueTurn.No)
            return;
        Interlocked.Increment(ref _pending);
        if (turn == QueueTurn.Now)
            _queue.Writer.TryWrite(instance);
        else
            _ = AddSoonAsync(instance);
    }

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

    private async Task AddSoonAsync(LiveInstance instance)
    {
        // Real time, whatever time the orchestrations have.
        await Task.Delay(Linger, TimeProvider.System);
        if (instance.EndLinger())
            _queue.Writer.TryWrite(instance);
        else
            Interlocked.Decrement(ref _pending);
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_stop.Token))
            {
                while (!_stop.IsCancellationRequested && _queue.Reader.TryRead(out var instance))
                {
                    try
                    {
                        await run(instance, _stop.Token);
                        Add(instance, instance.Leave());
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _pending);
                    }
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The host stops, or storage fails meanwhile; what was not recorded is done again at the next start.
        }
    }
}
