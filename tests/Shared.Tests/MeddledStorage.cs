using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tests;

/// <summary>A process's way to storage on which a test decides what becomes of each call to a table or a queue, and may do something of its own before it.</summary>
internal sealed class MeddledStorage(IStorage inner) : IStorage
{
    public Func<StorageCall, Task<CallFate>> Meddle { get; set; } = _ => Task.FromResult(CallFate.Arrives);

    /// <summary>Meddles with the first call of this kind alone.</summary>
    public void Once(Func<StorageCall, bool> isMeant, CallFate fate, Func<Task>? first = null)
    {
        var isDone = 0;
        Meddle = async call =>
        {
            if (!isMeant(call) || Interlocked.Exchange(ref isDone, 1) != 0)
                return CallFate.Arrives;
            if (first is not null)
                await first();
            return fate;
        };
    }

    public ITable Table(string name) => new MeddledTable(this, name, inner.Table(name));

    public IBlobs Blobs(string container) => inner.Blobs(container);

    public IQueue<T> Queue<T>(string name) => new MeddledQueue<T>(this, name, inner.Queue<T>(name));

    public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => inner.PingAsync(kind, cancellationToken);

    private async Task<T> CallAsync<T>(string place, string operation, IReadOnlyList<string> rows, Func<Task<T>> call)
    {
        var fate = await Meddle(new StorageCall(place, operation, rows));
        if (fate == CallFate.Fails)
            throw new IOException("The store is away.");
        var result = await call();
        return fate switch
        {
            CallFate.FailsAfterIt => throw new IOException("The store's answer was lost."),
            CallFate.IsAskedTwice => await call(),
            _ => result,
        };
    }

    private sealed class MeddledTable(MeddledStorage owner, string name, ITable table) : ITable
    {
        public Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken) =>
            owner.CallAsync(name, "find", [row], () => table.FindAsync(partition, row, cancellationToken));

        public async IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await owner.CallAsync(name, "range", [from], () => Task.FromResult(true));
            await foreach (var row in table.RangeAsync(partition, from, to, pageSize, cancellationToken))
                yield return row;
        }

        public Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken) =>
            owner.CallAsync(name, "insert", [row.Row], () => table.TryInsertAsync(row, cancellationToken));

        public Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken) =>
            owner.CallAsync(name, "replace", [row.Row], () => table.TryReplaceAsync(row, cancellationToken));

        public Task UpsertAsync(TableRow row, CancellationToken cancellationToken) => owner.CallAsync(name, "upsert", [row.Row], async () =>
        {
            await table.UpsertAsync(row, cancellationToken);
            return true;
        });

        public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken) => owner.CallAsync(name, "delete", [row], async () =>
        {
            await table.DeleteAsync(partition, row, cancellationToken);
            return true;
        });

        public Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
            owner.CallAsync(name, "transact", [.. writes.Select(write => write.Row.Row)], () => table.TransactAsync(writes, cancellationToken));
    }

    private sealed class MeddledQueue<T>(MeddledStorage owner, string name, IQueue<T> queue) : IQueue<T>
    {
        public Task SendAsync(T message, TimeSpan delay, CancellationToken cancellationToken) => owner.CallAsync(name, "send", [], async () =>
        {
            await queue.SendAsync(message, delay, cancellationToken);
            return true;
        });
    }
}
