using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A store whose process is killed at its k-th call: that call never returns, with or without its effect, nor does any later one.</summary>
internal sealed class DyingStore(IInstanceStore inner, int dieAt, bool withEffect) : IInstanceStore
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public Task Died => _died.Task;

    public Task PrepareAsync(CancellationToken cancellationToken) => Do(() => inner.PrepareAsync(cancellationToken));

    public Task<IReadOnlyList<UnfinishedInstance>> ListUnfinishedAsync(CancellationToken cancellationToken) => Do(() => inner.ListUnfinishedAsync(cancellationToken));

    public void MarkFinished(FinishedInstance finished) => _ = Do(() =>
    {
        inner.MarkFinished(finished);
        return Task.CompletedTask;
    });

    public Task<InstanceHeader?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellationToken) =>
        Do(() => inner.FindAsync(instanceId, withPayloads, cancellationToken));

    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellationToken) => Do(() => inner.LoadAsync(instanceId, cancellationToken));

    public Task<List<HistoryEvent>> ReadHistoryAsync(string instanceId, StoredPosition position, CancellationToken cancellationToken) =>
        Do(() => inner.ReadHistoryAsync(instanceId, position, cancellationToken));

    public Task<StoredPosition?> TryAddAsync(InstanceHeader header, CancellationToken cancellationToken) => Do(() => inner.TryAddAsync(header, cancellationToken));

    public Task<StoredPosition> ReplaceAsync(StoredInstance ended, InstanceHeader header, CancellationToken cancellationToken) =>
        Do(() => inner.ReplaceAsync(ended, header, cancellationToken));

    public Task<StoredPosition> CommitAsync(StoredPosition position, InstanceCommit commit, CancellationToken cancellationToken) =>
        Do(() => inner.CommitAsync(position, commit, cancellationToken));

    public Task<StoredPosition> FenceAsync(StoredInstance stored, CancellationToken cancellationToken) => Do(() => inner.FenceAsync(stored, cancellationToken));

    public Task<IReadOnlyList<InboxMessage>> ReadInboxAsync(string instanceId, CancellationToken cancellationToken) =>
        Do(() => inner.ReadInboxAsync(instanceId, cancellationToken));

    public Task AddMessageAsync(string instanceId, InboxMessage message, CancellationToken cancellationToken) =>
        Do(() => inner.AddMessageAsync(instanceId, message, cancellationToken));

    public Task RemoveSentAsync(string instanceId, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        Do(() => inner.RemoveSentAsync(instanceId, keys, cancellationToken));

    public Task<InstancePage> ListAsync(InstanceFilter filter, int pageSize, string? continuationToken, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, pageSize, continuationToken, cancellationToken);

    public IAsyncEnumerable<FinishedInstance> ListEndedAsync(DateTimeOffset? createdFrom, DateTimeOffset? createdTo, CancellationToken cancellationToken) =>
        inner.ListEndedAsync(createdFrom, createdTo, cancellationToken);

    public Task RemoveEndedAsync(IReadOnlyList<FinishedInstance> entries, CancellationToken cancellationToken) => inner.RemoveEndedAsync(entries, cancellationToken);

    public Task<bool> DeleteAsync(string instanceId, Func<InstanceHeader, bool> isWanted, CancellationToken cancellationToken) =>
        inner.DeleteAsync(instanceId, isWanted, cancellationToken);

    private Task<bool> Do(Func<Task> call) => Do(async () =>
    {
        await call();
        return true;
    });

    private async Task<T> Do<T>(Func<Task<T>> call)
    {
        var number = Interlocked.Increment(ref _calls);
        if (number < dieAt)
            return await call();
        if (number == dieAt && withEffect)
            await call();
        _died.TrySetResult();
        return await new TaskCompletionSource<T>().Task;
    }
}
