using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Where instances live. The truth is here; the engine's memory is a copy.</summary>
/// <remarks>Every method may be called again after a failure whose outcome is unknown.</remarks>
internal interface IInstanceStore
{
    /// <summary>Makes tables and containers where they are missing.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>All instances that may have work left.</summary>
    Task<IReadOnlyList<UnfinishedInstance>> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Takes an instance off that list and puts it on the index of ended ones, soon: nothing is lost if that never happens.</summary>
    void MarkFinished(FinishedInstance finished);

    /// <summary>The index of ended instances created within a span of time, oldest first. Some of them may be gone, or run again.</summary>
    IAsyncEnumerable<FinishedInstance> ListEndedAsync(DateTimeOffset? createdFrom, DateTimeOffset? createdTo, CancellationToken cancellationToken);

    /// <summary>Takes entries off the index of ended instances.</summary>
    Task RemoveEndedAsync(IReadOnlyList<FinishedInstance> entries, CancellationToken cancellationToken);

    /// <param name="instanceId">Whose.</param>
    /// <param name="withPayloads">Off where input, output and custom status do not matter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<InstanceHeader?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken);

    Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>The events up to a position, for an engine that has let go of them.</summary>
    Task<List<HistoryEvent>> ReadHistoryAsync(string instanceId, StoredPosition position, CancellationToken cancellationToken);

    /// <summary>Puts the instance on the list of unfinished ones, then adds it.</summary>
    /// <returns><see langword="null"/> if the id is taken.</returns>
    Task<StoredPosition?> TryAddAsync(InstanceHeader header, CancellationToken cancellationToken);

    /// <summary>Puts a new instance in the place of an ended one; nothing of the old one remains.</summary>
    /// <exception cref="OwnershipLostException">Somebody else has changed it.</exception>
    Task<StoredPosition> ReplaceAsync(StoredInstance ended, InstanceHeader header, CancellationToken cancellationToken);

    /// <exception cref="OwnershipLostException">Somebody else has changed it.</exception>
    Task<StoredPosition> CommitAsync(StoredPosition position, InstanceCommit commit, CancellationToken cancellationToken);

    /// <summary>Makes every write by a previous owner fail from now on.</summary>
    /// <exception cref="OwnershipLostException">It has changed since it was loaded.</exception>
    Task<StoredPosition> FenceAsync(StoredInstance stored, CancellationToken cancellationToken);

    Task AddMessageAsync(string instanceId, InboxMessage message, CancellationToken cancellationToken);

    /// <summary>The messages from outside that wait for an instance.</summary>
    Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(string instanceId, CancellationToken cancellationToken);

    Task RemoveSentAsync(string instanceId, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    Task<InstancePage> ListAsync(InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>Forgets an instance; its header goes last.</summary>
    /// <param name="instanceId">Which.</param>
    /// <param name="isWanted">Looks at what is stored now, without payloads, and says whether it may go.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was there, wanted, and is gone.</returns>
    Task<bool> DeleteAsync(string instanceId, Func<InstanceHeader, bool> isWanted, CancellationToken cancellationToken);
}
