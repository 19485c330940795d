using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests.Validation;

/// <summary>Storage in memory that counts the calls to its tables; a range counts as one.</summary>
internal sealed class CountingStorage : IStorage
{
    private readonly InMemoryStorage _inner = new();
    private int _reads;
    private int _writes;

    public int Reads => _reads;

    public int Writes => _writes;

    public ITable Table(string name) => new CountingTable(this, _inner.Table(name));

    public IBlobs Blobs(string container) => _inner.Blobs(container);

    public IQueue<T> Queue<T>(string name) => _inner.Queue<T>(name);

    public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => _inner.PingAsync(kind, cancellationToken);

    private sealed class CountingTable(CountingStorage owner, ITable table) : ITable
    {
        public Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._reads);
            return table.FindAsync(partition, row, cancellationToken);
        }

        public async IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._reads);
            await foreach (var row in table.RangeAsync(partition, from, to, pageSize, cancellationToken))
                yield return row;
        }

        public Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._writes);
            return table.TryInsertAsync(row, cancellationToken);
        }

        public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._writes);
            return table.TryReplaceAsync(row, cancellationToken);
        }

        public Task UpsertAsync(TableRow row, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._writes);
            return table.UpsertAsync(row, cancellationToken);
        }

        public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._writes);
            return table.DeleteAsync(partition, row, cancellationToken);
        }

        public Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref owner._writes);
            return table.TransactAsync(writes, cancellationToken);
        }
    }
}
