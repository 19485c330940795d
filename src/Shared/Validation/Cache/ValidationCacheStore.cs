using System.Collections.Concurrent;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Validation.Cache;

/// <summary>Table <c>ValidationCache</c>: tenant|2 hex · SHA-256 of the canonical address. Reads served: one verdict (a point), and many
/// at once (a point each, or a range where a partition has many of them).</summary>
/// <remarks>A row past its expiry is a miss, and is written over by the next verdict.</remarks>
public sealed class ValidationCacheStore(IStorage storage, TimeProvider time)
{
    private const int Together = 32;
    private const int MostWrites = 100;
    // From here on one range of the partition costs less than the points.
    private const int PointsToRange = 6;
    // A partition of more rows than this is read by points after all.
    private const int MostRangeRows = 20_000;

    private readonly ITable _table = storage.Table("ValidationCache");

    internal async Task<CachedVerdict?> FindAsync(CacheKey key, CancellationToken cancellationToken) =>
        await _table.FindAsync(key.Partition, key.Row, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Those of the rows that are there and have not lapsed.</summary>
    internal async Task<IReadOnlyDictionary<CacheKey, CachedVerdict>> FindManyAsync(IReadOnlyCollection<CacheKey> keys, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<CacheKey, CachedVerdict>();
        await Parallel.ForEachAsync(
            keys.GroupBy(key => key.Partition), Limits(cancellationToken),
            async (partition, token) => await ReadPartitionAsync(partition.Key, [.. partition.Select(key => key.Row).Distinct()], found, token));
        return found;
    }

    /// <summary>Writes in transactions of one partition, up to 100 rows each. The later of two verdicts on one mailbox stays.</summary>
    internal Task WriteAsync(IEnumerable<KeyValuePair<CacheKey, CachedVerdict>> verdicts, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            verdicts.GroupBy(pair => pair.Key).Select(same => same.MaxBy(pair => pair.Value.CheckedAt)).GroupBy(pair => pair.Key.Partition).SelectMany(partition => partition.Chunk(MostWrites)),
            Limits(cancellationToken),
            async (rows, token) =>
            {
                if (rows is [var one])
                    await _table.UpsertAsync(Write(one.Key, one.Value), token);
                else
                    await _table.TransactAsync([.. rows.Select(row => TableWrite.Upsert(Write(row.Key, row.Value)))], token);
            });

    internal Task DeleteAsync(CacheKey key, CancellationToken cancellationToken) => _table.DeleteAsync(key.Partition, key.Row, cancellationToken);

    private async Task ReadPartitionAsync(string partition, string[] rows, ConcurrentDictionary<CacheKey, CachedVerdict> found, CancellationToken cancellationToken)
    {
        Array.Sort(rows, StringComparer.Ordinal);
        var next = rows.Length < PointsToRange ? 0 : await ReadRangeAsync(partition, rows, found, cancellationToken);
        foreach (var row in rows.AsSpan(next).ToArray())
        {
            var key = new CacheKey(partition, row);
            if (await FindAsync(key, cancellationToken) is { } verdict)
                found[key] = verdict;
        }
    }

    /// <returns>The first of the rows that the range did not get to.</returns>
    private async Task<int> ReadRangeAsync(string partition, string[] rows, ConcurrentDictionary<CacheKey, CachedVerdict> found, CancellationToken cancellationToken)
    {
        var (next, read) = (0, 0);
        await foreach (var row in _table.RangeAsync(partition, rows[0], rows[^1] + '!', 1_000, cancellationToken))
        {
            while (next < rows.Length && string.CompareOrdinal(rows[next], row.Row) < 0)
                next++;
            if (next < rows.Length && rows[next] == row.Row && Read(row) is { } verdict)
                found[new(partition, row.Row)] = verdict;
            if (++read >= MostRangeRows)
                return next;
        }
        return rows.Length;
    }

    private CachedVerdict? Read(TableRow row) =>
        row.Time("ExpiresAt") > time.GetUtcNow() && row.Bytes("Verdict") is { } packed ? PackedJson.Unpack<CachedVerdict>(packed) : null;

    private static TableRow Write(CacheKey key, CachedVerdict verdict) =>
        new(key.Partition, key.Row) { ["ExpiresAt"] = verdict.ExpiresAt, ["Verdict"] = PackedJson.Pack(verdict) };

    private static ParallelOptions Limits(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken };
}
