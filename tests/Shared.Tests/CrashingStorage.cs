using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests;

/// <summary>A process's way to storage, which breaks at one call: from then on the process is dead and nothing of it reaches the store.</summary>
internal sealed class CrashingStorage(IStorage inner) : IStorage
{
    private int _calls;
    private volatile bool _isDead;

    /// <summary>The call at which it dies, 1 for the first; 0 for never.</summary>
    public int DiesAt { get; init; }

    /// <summary>Whether that call still reaches the store, so that only its answer is lost.</summary>
    public bool CallArrives { get; init; }

    public int Calls => _calls;

    public ITable Table(string name) => new CrashingTable(this, inner.Table(name));

    public IBlobs Blobs(string container) => inner.Blobs(container);

    public IQueue<T> Queue<T>(string name) => new CrashingQueue<T>(this, inner.Queue<T>(name));

    public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => inner.PingAsync(kind, cancellationToken);

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        var number = Interlocked.Increment(ref _calls);
        if (_isDead || (number == DiesAt && !CallArrives))
            Die();
        var result = await call();
        if (number == DiesAt)
            Die();
        return result;
    }

    private void Die()
    {
        _isDead = true;
        throw new ProcessDiedException();
    }

    private sealed class CrashingTable(CrashingStorage owner, ITable table) : ITable
    {
        public Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken) =>
            owner.CallAsync(() => table.FindAsync(partition, row, cancellationToken));

        public async IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await owner.CallAsync(() => Task.FromResult(true));
            await foreach (var row in table.RangeAsync(partition, from, to, pageSize, cancellationToken))
                yield return row;
        }

        public Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken) =>
            owner.CallAsync(() => table.TryInsertAsync(row, cancellationToken));

        public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken) =>
            owner.CallAsync(() => table.TryReplaceAsync(row, cancellationToken));

        public Task UpsertAsync(TableRow row, CancellationToken cancellationToken) => owner.CallAsync(async () =>
        {
            await table.UpsertAsync(row, cancellationToken);
            return true;
        });

        public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken) => owner.CallAsync(async () =>
        {
            await table.DeleteAsync(partition, row, cancellationToken);
            return true;
        });

        public Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
            owner.CallAsync(() => table.TransactAsync(writes, cancellationToken));
    }

    private sealed class CrashingQueue<T>(CrashingStorage owner, IQueue<T> queue) : IQueue<T>
    {
        public Task SendAsync(T message, TimeSpan delay, CancellationToken cancellationToken) => owner.CallAsync(async () =>
        {
            await queue.SendAsync(message, delay, cancellationToken);
            return true;
        });
    }
}
