namespace ProspectOps.Bench.Runtime;

/// <summary>How many messages a function has begun, and a gate that holds it until a round may start.</summary>
public sealed class MessageCount
{
    private volatile TaskCompletionSource _gate = new();
    private int _begun;

    public Task Gate => _gate.Task;

    public int Begun => Volatile.Read(ref _begun);

    public void Add() => Interlocked.Increment(ref _begun);

    public void Open() => _gate.TrySetResult();

    public void Close()
    {
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _begun, 0);
    }
}
