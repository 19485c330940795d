namespace ProspectOps.Platform.Storage;

/// <summary>Does something until it has worked once; a failure is tried again by the next caller.</summary>
public sealed class OnceAsync(Func<CancellationToken, Task> action)
{
    private readonly Lock _gate = new();
    private volatile bool _done;
    private Task? _running;

    public ValueTask DoAsync(CancellationToken cancellationToken) => _done ? ValueTask.CompletedTask : new(JoinAsync(cancellationToken));

    private Task JoinAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_running is null or { IsFaulted: true } or { IsCanceled: true })
                _running = RunAsync();
            return _running.WaitAsync(cancellationToken);
        }
    }

    private async Task RunAsync()
    {
        // Not the caller's token: others wait for the same run.
        await action(CancellationToken.None);
        _done = true;
    }
}
