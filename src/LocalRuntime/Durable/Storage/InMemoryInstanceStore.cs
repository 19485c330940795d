using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Instances in memory, for unit tests. Keeps the text of events, as a real store does.</summary>
internal sealed class InMemoryInstanceStore : IInstanceStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Entry> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnfinishedInstance> _unfinished = [];
    private long _version;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<UnfinishedInstance>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<UnfinishedInstance>>(() => [.. _unfinished.Values]);

    public void MarkFinished(FinishedInstance finished)
    {
        lock (_gate)
            _unfinished.Remove(finished.ListKey);
    }

    public async IAsyncEnumerable<FinishedInstance> ListEndedAsync(
        DateTimeOffset? createdFrom, DateTimeOffset? createdTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ended = await Locked(() => _instances.Values.Select(entry => entry.Header)
            .Where(header => header.IsEnded && !_unfinished.ContainsKey(header.ListKey)
                && (createdFrom is null || header.CreatedAt >= createdFrom) && (createdTo is null || header.CreatedAt <= createdTo))
            .Select(FinishedInstance.Of).ToArray());
        foreach (var entry in ended)
            yield return entry;
    }

    public Task RemoveEndedAsync(IReadOnlyList<FinishedInstance> entries, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<InstanceHeader?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken) =>
        Locked(() => _instances.GetValueOrDefault(instanceId)?.Header);

    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellationToken) => Locked(() =>
        _instances.TryGetValue(instanceId, out var entry)
            ? new StoredInstance(
                entry.Header, entry.Position, HistoryJson.ReadMany(entry.History),
                [.. entry.Inbox.Values.Where(message => MessageKeys.Counts(message.Key, entry.Header.Ordinal) && entry.Header.Takes(message))], [.. entry.Outbox.Values])
            : null);

    public Task<List<HistoryEvent>> ReadHistoryAsync(string instanceId, StoredPosition position, CancellationToken cancellationToken) =>
        Locked(() => HistoryJson.ReadMany(_instances[instanceId].History));

    public Task<StoredPosition?> TryAddAsync(InstanceHeader header, CancellationToken cancellationToken) => Locked(() =>
    {
        List(header);
        var entry = new Entry(header, NextPosition(header));
        return _instances.TryAdd(header.InstanceId, entry) ? entry.Position : null;
    });

    public Task<StoredPosition> ReplaceAsync(StoredInstance ended, InstanceHeader header, CancellationToken cancellationToken) => Locked(() =>
    {
        EnsureCurrent(header.InstanceId, ended.Position);
        List(header);
        return (_instances[header.InstanceId] = new Entry(header, NextPosition(header))).Position;
    });

    public Task<StoredPosition> CommitAsync(StoredPosition position, InstanceCommit commit, CancellationToken cancellationToken) => Locked(() =>
    {
        if (_instances.TryGetValue(commit.Header.InstanceId, out var present) && present.LastCommit == commit.CommitId)
            return present.Position;
        var entry = EnsureCurrent(commit.Header.InstanceId, position);
        var events = string.Join(',', commit.Appended.Select(HistoryJson.Write));
        entry.History = commit.Header.Ordinal != position.Ordinal || entry.History.Length == 0 ? events
            : events.Length == 0 ? entry.History : $"{entry.History},{events}";
        foreach (var key in commit.Consumed)
            entry.Inbox.Remove(key);
        foreach (var message in commit.Carried)
            entry.Inbox[message.Key] = message;
        foreach (var message in commit.Sent)
            entry.Outbox[message.Key] = message;
        entry.Header = commit.Header;
        entry.LastCommit = commit.CommitId;
        return entry.Position = NextPosition(commit.Header);
    });

    public Task<StoredPosition> FenceAsync(StoredInstance stored, CancellationToken cancellationToken) => Locked(() =>
    {
        var entry = EnsureCurrent(stored.Header.InstanceId, stored.Position);
        return entry.Position = NextPosition(entry.Header);
    });

    public Task AddMessageAsync(string instanceId, InboxMessage message, CancellationToken cancellationToken) =>
        Locked(() => _instances[instanceId].Inbox[message.Key] = message);

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(string instanceId, CancellationToken cancellationToken) => Locked<IReadOnlyList<InboxMessage>>(() =>
        _instances.TryGetValue(instanceId, out var entry) ? [.. entry.Inbox.Values.Where(message => MessageKeys.HasArrived(message.Key))] : []);

    public Task RemoveSentAsync(string instanceId, IReadOnlyList<string> keys, CancellationToken cancellationToken) => Locked(() =>
    {
        foreach (var key in keys)
            _instances[instanceId].Outbox.Remove(key);
        return true;
    });

    public Task<InstancePage> ListAsync(InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellationToken) => Locked(() =>
    {
        var found = _instances.Values.Select(entry => entry.Header)
            .Where(header => string.CompareOrdinal(header.InstanceId, continuationToken) > 0 && filter.Matches(header))
            .Take(pageSize + 1).ToList();
        return found.Count <= pageSize ? new InstancePage(found, null) : new InstancePage(found[..pageSize], found[pageSize - 1].InstanceId);
    });

    public Task<bool> DeleteAsync(string instanceId, Func<InstanceHeader, bool> isWanted, CancellationToken cancellationToken) =>
        Locked(() => _instances.TryGetValue(instanceId, out var entry) && isWanted(entry.Header) && _instances.Remove(instanceId));

    private void List(InstanceHeader header) =>
        _unfinished[header.ListKey] = new UnfinishedInstance(header.ListKey, header.InstanceId, header.Partition, default);

    private Entry EnsureCurrent(string instanceId, StoredPosition position) =>
        _instances.TryGetValue(instanceId, out var entry) && entry.Position.ETag == position.ETag
            ? entry
            : throw new OwnershipLostException(instanceId);

    private StoredPosition NextPosition(InstanceHeader header) =>
        new() { ETag = new ETag((++_version).ToString(CultureInfo.InvariantCulture)), Ordinal = header.Ordinal };

    private Task<T> Locked<T>(Func<T> action)
    {
        lock (_gate)
            return Task.FromResult(action());
    }

    private sealed class Entry(InstanceHeader header, StoredPosition position)
    {
        public InstanceHeader Header { get; set; } = header;

        public StoredPosition Position { get; set; } = position;

        public string History { get; set; } = "";

        public Guid LastCommit { get; set; }

        public SortedDictionary<string, InboxMessage> Inbox { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, OutboxMessage> Outbox { get; } = new(StringComparer.Ordinal);
    }
}
