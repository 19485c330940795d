namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>There is no other process: for stores that cannot be shared.</summary>
internal sealed class SoleOwner : IHubPartitions
{
    private IPartitionHolder? _holder;

    public bool Owns(int partition) => true;

    public bool IsTaken(int partition) => true;

    public Task<bool> ConfirmAsync(int partition, CancellationToken cancellationToken) => Task.FromResult(true);

    public int Choose(string instanceId) => 0;

    public Task JoinAsync(IPartitionHolder holder, CancellationToken cancellationToken)
    {
        _holder = holder;
        return holder.TakeAsync(mayLinger: false, cancellationToken);
    }

    public Task TellOwnerAsync(int partition, string instanceId, CancellationToken cancellationToken) =>
        _holder?.LookAtAsync(instanceId, cancellationToken) ?? Task.CompletedTask;

    public Task LeaveAsync(bool isAtRest) => Task.CompletedTask;

    public void Abandon()
    {
    }
}
