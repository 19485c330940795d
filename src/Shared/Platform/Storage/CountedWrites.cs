using Microsoft.Extensions.Caching.Memory;

namespace ProspectOps.Platform.Storage;

/// <summary>Writes rows and moves the counter that counts them in one transaction, once for each marker: exact through any crash and any repeat.</summary>
/// <remarks>
/// Writers of one counter take turns in this process, knowing its version from the turn before, so that a write costs one round trip;
/// another process shows as a version that changed, and the turn is taken again.
/// </remarks>
public sealed class CountedWrites(ITable table) : IDisposable
{
    private const int Attempts = 50;
    private static readonly MemoryCacheEntryOptions Idle = new() { SlidingExpiration = TimeSpan.FromMinutes(2) };

    private readonly MemoryCache _cells = new(new MemoryCacheOptions());

    /// <param name="marker">Its being there says that the work was counted.</param>
    /// <param name="rows">Further writes of the same partition, 98 at most.</param>
    /// <param name="counterRow">Row key of the counter; it is made where it is missing.</param>
    /// <returns>False where the marker was there: nothing was written.</returns>
    public async Task<bool> WriteAsync(TableRow marker, IReadOnlyList<TableWrite> rows, string counterRow, IReadOnlyDictionary<string, long> deltas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(marker);
        ArgumentNullException.ThrowIfNull(rows);
        var failed = await TransactAsync([TableWrite.Insert(marker), .. rows], counterRow, deltas, cancellationToken);
        if (failed > 0)
            throw new InvalidOperationException($"Write {failed} of a counted transaction was refused.");
        return failed < 0;
    }

    /// <summary>Writes rows and moves the counter of their partition.</summary>
    /// <param name="rows">1 to 99 of one partition. Each is its own marker: an insert, or a replacement of the version that was read.</param>
    /// <returns>False where one of them stood in the way: nothing was written.</returns>
    public async Task<bool> TryWriteAsync(IReadOnlyList<TableWrite> rows, string counterRow, IReadOnlyDictionary<string, long> deltas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return await TransactAsync(rows, counterRow, deltas, cancellationToken) < 0;
    }

    /// <returns>The write that stood in the way; -1 where all was written.</returns>
    private async Task<int> TransactAsync(IReadOnlyList<TableWrite> rows, string counterRow, IReadOnlyDictionary<string, long> deltas, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deltas);
        var cell = Cell(rows[0].Row.Partition, counterRow);
        await cell.Turn.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var counter = await cell.CounterAsync(table, cancellationToken);
                var moved = Moved(counter, deltas);
                TableWrite[] writes = [.. rows, counter.Version is null ? TableWrite.Insert(moved) : TableWrite.Replace(moved)];
                cell.Forget();
                var result = await table.TransactAsync(writes, cancellationToken);
                if (result.Committed)
                {
                    moved.Version = result.Versions[^1];
                    cell.Remember(moved);
                    return -1;
                }
                if (result.FailedIndex != writes.Length - 1)
                    return result.FailedIndex;
            }
            throw new TimeoutException($"A counter changed under {Attempts} attempts to move it.");
        }
        finally
        {
            cell.Turn.Release();
        }
    }

    public void Dispose() => _cells.Dispose();

    private CounterCell Cell(string partition, string row) => _cells.GetOrCreate((partition, row), entry =>
    {
        entry.SetOptions(Idle);
        return new CounterCell(partition, row);
    })!;

    private static TableRow Moved(TableRow counter, IReadOnlyDictionary<string, long> deltas)
    {
        var moved = new TableRow(counter.Partition, counter.Row) { Version = counter.Version };
        foreach (var (name, value) in counter.Values)
            moved[name] = value;
        foreach (var (name, delta) in deltas)
            moved[name] = counter.Number(name) + delta;
        return moved;
    }

    private sealed class CounterCell(string partition, string row)
    {
        private TableRow? _known;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public async ValueTask<TableRow> CounterAsync(ITable table, CancellationToken cancellationToken) =>
            _known ?? await table.FindAsync(partition, row, cancellationToken) ?? new TableRow(partition, row);

        public void Remember(TableRow counter) => _known = counter;

        // Until a write is known to have worked, what it left is not known.
        public void Forget() => _known = null;
    }
}
