using System.Runtime.CompilerServices;
using Azure;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A store that fails, is slow, does things twice, or does them and says that it has not.</summary>
internal sealed class FaultyStore(IInstanceStore inner, FaultySequence faults, TimeProvider time) : IInstanceStore
{
    private const string Hub = "";

    public Task PrepareAsync(CancellationToken cancellationToken) => Do(Hub, () => inner.PrepareAsync(cancellationToken));

    public Task<IReadOnlyList<UnfinishedInstance>> ListUnfinishedAsync(CancellationToken cancellationToken) => Do(Hub, () => inner.ListUnfinishedAsync(cancellationToken));

    // Allowed never to happen.
    public void MarkFinished(FinishedInstance finished)
    {
        if (faults.Next(nameof(MarkFinished)) is null)
            inner.MarkFinished(finished);
    }

    public Task<InstanceHeader?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken) =>
        Do(instanceId, () => inner.FindAsync(instanceId, withPayloads, cancellationToken));

    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellationToken) => Do(instanceId, () => inner.LoadAsync(instanceId, cancellationToken));

    public Task<List<HistoryEvent>> ReadHistoryAsync(string instanceId, StoredPosition position, CancellationToken cancellationToken) =>
        Do(instanceId, () => inner.ReadHistoryAsync(instanceId, position, cancellationToken));

    public Task<StoredPosition?> TryAddAsync(InstanceHeader header, CancellationToken cancellationToken) =>
        Do(header.InstanceId, () => inner.TryAddAsync(header, cancellationToken));

    public Task<StoredPosition> ReplaceAsync(StoredInstance ended, InstanceHeader header, CancellationToken cancellationToken) =>
        Do(header.InstanceId, () => inner.ReplaceAsync(ended, header, cancellationToken), canConflict: true);

    public Task<StoredPosition> CommitAsync(StoredPosition position, InstanceCommit commit, CancellationToken cancellationToken) =>
        Do(commit.Header.InstanceId, () => inner.CommitAsync(position, commit, cancellationToken), canConflict: true);

    public Task<StoredPosition> FenceAsync(StoredInstance stored, CancellationToken cancellationToken) =>
        Do(stored.Header.InstanceId, () => inner.FenceAsync(stored, cancellationToken), canConflict: true);

    public Task AddMessageAsync(string instanceId, InboxMessage message, CancellationToken cancellationToken) =>
        Do(instanceId, () => inner.AddMessageAsync(instanceId, message, cancellationToken));

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(string instanceId, CancellationToken cancellationToken) =>
        Do(instanceId, () => inner.ReadInboxAsync(instanceId, cancellationToken));

    public Task RemoveSentAsync(string instanceId, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Do(instanceId, () => inner.RemoveSentAsync(instanceId, keys, cancellationToken));

    public Task<InstancePage> ListAsync(InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellationToken) =>
        Do(Hub, () => inner.ListAsync(filter, pageSize, continuationToken, cancellationToken));

    public IAsyncEnumerable<FinishedInstance> ListEndedAsync(DateTimeOffset? createdFrom, DateTimeOffset? createdTo, CancellationToken cancellationToken) =>
        inner.ListEndedAsync(createdFrom, createdTo, cancellationToken);

    public Task RemoveEndedAsync(IReadOnlyList<FinishedInstance> entries, CancellationToken cancellationToken) => inner.RemoveEndedAsync(entries, cancellationToken);

    public Task<bool> DeleteAsync(string instanceId, Func<InstanceHeader, bool> isWanted, CancellationToken cancellationToken) =>
        inner.DeleteAsync(instanceId, isWanted, cancellationToken);

    private Task<bool> Do(string about, Func<Task> call, [CallerMemberName] string name = "") => Do(
        about,
        async () =>
        {
            await call();
            return true;
        },
        name: name);

    private async Task<T> Do<T>(string about, Func<Task<T>> call, bool canConflict = false, [CallerMemberName] string name = "")
    {
        switch (faults.Next($"{name} {about}"))
        {
            case 0:
                throw new RequestFailedException(500, "It did nothing.");
            case 1:
                throw new RequestFailedException(503, "It did nothing.");
            case 2:
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, CancellationToken.None);
                return await call();
            case 3:
                await call();
                throw new RequestFailedException(500, "It was done.");
            case 4:
                await call();
                throw new RequestFailedException(503, "It was done.");
            case 5:
                await call();
                return await call();
            case 6:
                // 409 or 412 after it was done, or because of somebody else.
                await call();
                throw canConflict ? new OwnershipLostException(about) : new RequestFailedException(409, "It was done.");
            default:
                return await call();
        }
    }
}
