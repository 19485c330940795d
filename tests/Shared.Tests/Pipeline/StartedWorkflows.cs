using System.Collections.Concurrent;
using ProspectOps.Pipeline;

namespace ProspectOps.Tests.Pipeline;

/// <summary>The durable engine, as far as it is asked to start something.</summary>
internal sealed class StartedWorkflows : IWorkflowClient
{
    public ConcurrentDictionary<string, string> Instances { get; } = new();

    public Task StartAsync(string orchestration, string instanceId, object input, CancellationToken cancellationToken)
    {
        Instances.TryAdd(instanceId, orchestration);
        return Task.CompletedTask;
    }

    public Task<bool> SignalAsync(string instanceId, string signal, CancellationToken cancellationToken) => Task.FromResult(Instances.ContainsKey(instanceId));

    public Task PingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
