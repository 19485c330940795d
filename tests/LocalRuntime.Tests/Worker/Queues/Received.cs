using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProspectOps.LocalRuntime.Tests.Worker.Queues;

/// <summary>What the queue functions of a test saw, and what they are told to do.</summary>
public sealed class Received
{
    private int _running;
    private int _mostRunning;

    public ConcurrentQueue<(string Text, long At)> Calls { get; } = [];

    public IEnumerable<string> Texts => Calls.Select(call => call.Text);

    public int MostRunning => _mostRunning;

    public Func<CancellationToken, Task> Behaviour { get; set; } = _ => Task.CompletedTask;

    public async Task HandleAsync(string text, CancellationToken cancellationToken)
    {
        Calls.Enqueue((text, Stopwatch.GetTimestamp()));
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        try
        {
            await Behaviour(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; seen < value;)
            seen = Interlocked.CompareExchange(ref target, value, seen);
    }
}
