namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Which partitions of the hub are this process's.</summary>
internal interface IHubPartitions
{
    /// <returns>Whether this process runs the instances of that partition.</returns>
    bool Owns(int partition);

    /// <returns>Whether all that was under way in a partition owned has been taken over: until then a previous owner may be at work on it.</returns>
    bool IsTaken(int partition);

    /// <summary>Asks the hub, where a write was refused: another process may have the partition, and this one not know.</summary>
    /// <returns>Whether this process owns it.</returns>
    Task<bool> ConfirmAsync(int partition, CancellationToken cancellationToken);

    /// <returns>The partition for a new instance: one of this process's own where it has any.</returns>
    int Choose(string instanceId);

    /// <summary>Ends when this process runs what it owns at first. May be called again after a failure.</summary>
    Task JoinAsync(IPartitionHolder holder, CancellationToken cancellationToken);

    /// <summary>Tells the owner that an instance is new or has a message, both durable already.</summary>
    Task TellOwnerAsync(int partition, string instanceId, CancellationToken cancellationToken);

    /// <summary>Gives everything back.</summary>
    /// <param name="isAtRest">Whether nothing is under way here that could still be written.</param>
    Task LeaveAsync(bool isAtRest);

    /// <summary>Ends as a kill would.</summary>
    void Abandon();
}
