namespace ProspectOps.Platform.Storage;

/// <summary>Does something until it has worked once; a failure is tried again by the next caller.</summary>
public sealed class OnceAsync(Func<CancellationToken, Task> action)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _done;

    public ValueTask DoAsync(CancellationToken cancellationToken) => _done ? ValueTask.CompletedTask : new(DoSlowlyAsync(cancellationToken));

    private async Task DoSlowlyAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_done)
                return;
            await action(cancellationToken);
            _done = true;
        }
        finally
        {
            _gate.Release();
        }
    }
}
