using System.Collections.Concurrent;
using ProspectOps.LocalRuntime.Durable.Hub;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Partitions that are this process's until a test gives them to another one, which is told of instances and does nothing.</summary>
internal sealed class HandedOver : IHubPartitions
{
    public bool IsOurs { get; set; } = true;

    /// <summary>Whether the takeover is over.</summary>
    public bool HasTaken { get; set; } = true;

    /// <summary>Ids of the instances that the other one was told of.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    public bool Owns(int partition) => IsOurs;

    public bool IsTaken(int partition) => HasTaken;

    public int Choose(string instanceId) => 0;

    public Task JoinAsync(IPartitionHolder holder, CancellationToken cancellationToken) => holder.TakeAsync(mayLinger: false, cancellationToken);

    public Task<bool> ConfirmAsync(int partition, CancellationToken cancellationToken) => Task.FromResult(IsOurs);

    public Task TellOwnerAsync(int partition, string instanceId, CancellationToken cancellationToken)
    {
        Told.Enqueue(instanceId);
        return Task.CompletedTask;
    }

    public Task LeaveAsync(bool isAtRest) => Task.CompletedTask;

    public void Abandon()
    {
    }
}
