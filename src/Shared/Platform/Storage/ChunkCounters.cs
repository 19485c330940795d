using Microsoft.Extensions.Caching.Memory;

namespace ProspectOps.Platform.Storage;

/// <summary>Counts chunks of work, each once: a counter row holds the sums and a bit for each chunk that is in them.</summary>
/// <remarks>
/// One row, so that a partition stays small and one conditional write is the whole transaction. Chunks of one counter that end while
/// a write is under way go together with the next one.
/// </remarks>
public sealed class ChunkCounters(ITable table) : IDisposable
{
    private const string DoneColumn = "ChunksDone";
    private const int Attempts = 50;
    private static readonly MemoryCacheEntryOptions Idle = new() { SlidingExpiration = TimeSpan.FromMinutes(2) };

    private readonly MemoryCache _cells = new(new MemoryCacheOptions());

    /// <summary>Adds <paramref name="deltas"/> unless the chunk is counted already.</summary>
    /// <param name="chunk">0 to some hundreds: its bit.</param>
    public Task CountAsync(string partition, string row, int chunk, IReadOnlyDictionary<string, long> deltas)
    {
        var cell = _cells.GetOrCreate((partition, row), entry =>
        {
            entry.SetOptions(Idle);
            return new Cell(table, partition, row);
        })!;
        return cell.CountAsync(chunk, deltas);
    }

    public static bool IsCounted(TableRow counter, int chunk)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return counter.Bytes(DoneColumn) is { } bits && chunk / 8 < bits.Length && (bits[chunk / 8] & (1 << (chunk % 8))) != 0;
    }

    public void Dispose() => _cells.Dispose();

    private sealed class Cell(ITable table, string partition, string row)
    {
        private readonly Lock _gate = new();
        private List<(int Chunk, IReadOnlyDictionary<string, long> Deltas)> _waiting = [];
        private Task _next = Task.CompletedTask;
        private bool _isNextOpen;
        private TableRow? _known;

        /// <summary>Ends when a write that holds the chunk has worked.</summary>
        public Task CountAsync(int chunk, IReadOnlyDictionary<string, long> deltas)
        {
            lock (_gate)
            {
                _waiting.Add((chunk, deltas));
                if (!_isNextOpen)
                {
                    _isNextOpen = true;
                    _next = WriteAfterAsync(_next);
                }
                return _next;
            }
        }

        private async Task WriteAfterAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Yield();
            List<(int, IReadOnlyDictionary<string, long>)> taken;
            lock (_gate)
            {
                (taken, _waiting) = (_waiting, []);
                _isNextOpen = false;
            }
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await TryWriteAsync(taken))
                    return;
            }
            throw new TimeoutException($"A counter changed under {Attempts} attempts to move it.");
        }

        private async Task<bool> TryWriteAsync(List<(int Chunk, IReadOnlyDictionary<string, long> Deltas)> chunks)
        {
            // No caller's token: several callers wait for the one write.
            var counter = _known ?? await table.FindAsync(partition, row, CancellationToken.None) ?? new TableRow(partition, row);
            _known = null;
            var moved = new TableRow(partition, row) { Version = counter.Version };
            foreach (var (name, value) in counter.Values)
                moved[name] = value;
            foreach (var (chunk, deltas) in chunks.Where(one => !IsCounted(moved, one.Chunk)))
            {
                moved[DoneColumn] = WithBit(moved.Bytes(DoneColumn) ?? [], chunk);
                foreach (var (name, delta) in deltas)
                    moved[name] = moved.Number(name) + delta;
            }
            if (counter.Version is null)
                return await table.TryInsertAsync(moved, CancellationToken.None);
            if (await table.TryReplaceAsync(moved, CancellationToken.None) is not { } version)
                return false;
            moved.Version = version;
            _known = moved;
            return true;
        }

        private static byte[] WithBit(byte[] bits, int chunk)
        {
            var grown = new byte[Math.Max(bits.Length, chunk / 8 + 1)];
            bits.CopyTo(grown, 0);
            grown[chunk / 8] |= (byte)(1 << (chunk % 8));
            return grown;
        }
    }
}
