namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Runs the instances of the partitions owned.</summary>
internal interface IPartitionHolder
{
    /// <summary>Brings the unfinished instances of all partitions owned into memory, those that are not there.</summary>
    /// <param name="mayLinger">Whether a previous owner may be alive and not know.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task TakeAsync(bool mayLinger, CancellationToken cancellationToken);

    /// <summary>Lets go of what is no longer owned.</summary>
    void Drop();

    /// <summary>Another process says that an instance is new or has a message.</summary>
    /// <returns>Whether it is done; not if the instance belongs to another process.</returns>
    Task<bool> LookAtAsync(string instanceId, CancellationToken cancellationToken);

    int CountLive(int partition);
}
