using System.Collections.Concurrent;

namespace ProspectOps.LocalRuntime.Tests.Worker.Extensibility;

/// <summary>A synchronisation context of one thread.</summary>
internal sealed class OneThread : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];
    private readonly Thread _thread;

    public OneThread()
    {
        _thread = new Thread(Loop);
        _thread.Start();
    }

    public int Id => _thread.ManagedThreadId;

    public Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            async _ =>
            {
                try
                {
                    done.SetResult(await action());
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            null);
        return done.Task;
    }

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Loop()
    {
        SetSynchronizationContext(this);
        foreach (var (callback, state) in _work.GetConsumingEnumerable())
            callback(state);
    }
}
