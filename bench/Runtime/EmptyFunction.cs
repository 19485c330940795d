using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Bench.Runtime;

/// <summary>Counts its messages and, once the gate is open, does nothing else.</summary>
public sealed class EmptyFunction(MessageCount count)
{
    [Function("Empty")]
    public Task Run([QueueTrigger("%BenchQueue%")] string text)
    {
        count.Add();
        return count.Gate;
    }
}
