using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using ProspectOps.Operations;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Cache;

/// <summary>Table <c>ValidationCache</c>: tenant|1 hex · 3 hex, a row for each of a tenant's 4,096 buckets of verdicts (docs/adr/0034). Reads served:
/// the bucket of one verdict (a point), and those of many at once (ranges where they lie close together).</summary>
/// <remarks>A bucket is read, changed and written at the version that was read, so that no writer undoes what another wrote or forgot. The bucket as
/// it was last seen is kept in memory for its next change; reads never answer from there.</remarks>
public sealed class ValidationCacheStore(IStorage storage, DueStore due, TimeProvider time) : IDisposable
{
    /// <summary>Kind of the reminders that a tenant has verdicts to be purged; one a day and tenant.</summary>
    public const string DueKind = "validation-cache";

    private const int Partitions = 16;
    private const int BucketsInPartition = 256;
    private const int Together = 16;
    private const int MostWrites = 50;
    private const int Attempts = 50;
    private const int Page = 128;
    // A range reads what lies between the buckets that are wanted, too: up to so many, that is cheaper than another call.
    private const int MostBetween = 8;
    private const long MostSeenBytes = 8 * 1024 * 1024;
    private const string Verdicts = "Verdicts";

    private readonly ITable _table = storage.Table("ValidationCache");
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = MostSeenBytes });
    private readonly DailyReminder _purge = new(due, DueKind, "verdicts", time);

    /// <summary>Those of the verdicts that are there and have not lapsed.</summary>
    internal async Task<IReadOnlyDictionary<MailboxHash, CachedVerdict>> FindManyAsync(TenantId tenant, IReadOnlyCollection<MailboxHash> mailboxes, CancellationToken cancellationToken)
    {
        var wanted = mailboxes.GroupBy(mailbox => mailbox.Bucket).ToDictionary(bucket => bucket.Key, bucket => bucket.ToHashSet());
        var found = new ConcurrentDictionary<MailboxHash, CachedVerdict>();
        var now = time.GetUtcNow();
        await ReadAsync(tenant, wanted.Keys, (bucket, seen) =>
        {
            if (seen.Packed is null)
                return;
            foreach (var entry in VerdictBucket.Unpack(seen.Packed))
            {
                if (entry.ExpiresAt > now && wanted[bucket].Contains(entry.Mailbox))
                    found[entry.Mailbox] = entry.Verdict();
            }
        }, cancellationToken);
        return found;
    }

    /// <summary>Writes the buckets of so many verdicts, up to 50 in a transaction. The later of two verdicts on one mailbox stays.</summary>
    internal async Task WriteAsync(TenantId tenant, IEnumerable<KeyValuePair<MailboxHash, CachedVerdict>> verdicts, CancellationToken cancellationToken)
    {
        var buckets = verdicts.GroupBy(pair => pair.Key).Select(same => same.MaxBy(pair => pair.Value.CheckedAt))
            .Select(pair => BucketEntry.Of(pair.Key, pair.Value)).GroupBy(entry => entry.Mailbox.Bucket).ToArray();
        if (buckets.Length == 0)
            return;
        await RemindAsync(tenant, cancellationToken);
        await Parallel.ForEachAsync(
            buckets.OrderBy(bucket => bucket.Key).GroupBy(bucket => bucket.Key / BucketsInPartition).SelectMany(partition => partition.Chunk(MostWrites)),
            Limits(cancellationToken),
            async (together, token) => await ChangeAsync(tenant, together.ToDictionary(bucket => bucket.Key, bucket => bucket.ToArray()), token));
    }

    internal async Task DeleteAsync(TenantId tenant, MailboxHash mailbox, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(PartitionOf(tenant, mailbox.Bucket), RowOf(mailbox.Bucket), cancellationToken);
            var entries = row?.Bytes(Verdicts) is { } packed ? VerdictBucket.Unpack(packed) : [];
            if (row is null || entries.RemoveAll(entry => entry.Mailbox == mailbox) == 0)
                return;
            row[Verdicts] = VerdictBucket.Pack(entries);
            if (await _table.TryReplaceAsync(row, cancellationToken) is not null)
                return;
        }
        throw Contended();
    }

    /// <summary>Deletes a tenant's lapsed verdicts, and the rows that hold nothing else. What changes meanwhile is left to the next time.</summary>
    /// <returns>Whether any are left.</returns>
    internal async Task<bool> PurgeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var isLeft = false;
        for (var partition = 0; partition < Partitions; partition++)
        {
            var writes = new List<TableWrite>(MostWrites);
            await foreach (var row in _table.RangeAsync(PartitionOf(tenant, partition * BucketsInPartition), "", "~", Page, cancellationToken))
            {
                var now = time.GetUtcNow();
                var entries = row.Bytes(Verdicts) is { } packed ? VerdictBucket.Unpack(packed) : [];
                var lapsed = entries.RemoveAll(entry => entry.ExpiresAt <= now);
                isLeft |= entries.Count > 0;
                if (entries.Count > 0 && lapsed == 0)
                    continue;
                row[Verdicts] = VerdictBucket.Pack(entries);
                writes.Add(entries.Count > 0 ? TableWrite.Replace(row) : TableWrite.Delete(row));
                if (writes.Count == MostWrites)
                    await FlushAsync();
            }
            if (writes.Count > 0)
                await FlushAsync();

            async Task FlushAsync()
            {
                isLeft |= !(await _table.TransactAsync(writes, cancellationToken)).Committed;
                writes.Clear();
            }
        }
        return isLeft;
    }

    /// <summary>Has the tenant's verdicts looked through tomorrow.</summary>
    internal ValueTask RemindAsync(TenantId tenant, CancellationToken cancellationToken) => _purge.RemindAsync(tenant, cancellationToken);

    public void Dispose() => _seen.Dispose();

    private async Task ChangeAsync(TenantId tenant, Dictionary<int, BucketEntry[]> newer, CancellationToken cancellationToken)
    {
        var known = new ConcurrentDictionary<int, Seen>();
        foreach (var bucket in newer.Keys)
        {
            if (_seen.TryGetValue((tenant, bucket), out Seen? seen))
                known[bucket] = seen!;
        }
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await ReadAsync(tenant, newer.Keys.Where(bucket => !known.ContainsKey(bucket)), (bucket, seen) => known[bucket] = seen, cancellationToken);
            var now = time.GetUtcNow();
            var rows = newer.Select(pair => new TableRow(PartitionOf(tenant, pair.Key), RowOf(pair.Key))
            {
                [Verdicts] = VerdictBucket.Merge(known[pair.Key].Packed, pair.Value, now),
                Version = known[pair.Key].Version,
            }).ToArray();
            var result = await _table.TransactAsync([.. rows.Select(row => row.Version is null ? TableWrite.Insert(row) : TableWrite.Replace(row))], cancellationToken);
            if (result.Committed)
            {
                foreach (var (row, version) in rows.Zip(result.Versions))
                    Remember(tenant, BucketOf(row.Row), new Seen(version, row.Bytes(Verdicts)));
                return;
            }
            // One of them is not as it was: the others may not be, either.
            known.Clear();
        }
        throw Contended();
    }

    /// <summary>Reads buckets as they now are, missing ones too.</summary>
    /// <param name="found">May be called from several threads at once.</param>
    private Task ReadAsync(TenantId tenant, IEnumerable<int> buckets, Action<int, Seen> found, CancellationToken cancellationToken)
    {
        return Parallel.ForEachAsync(Runs([.. buckets.Order()]), Limits(cancellationToken), async (run, token) =>
        {
            var missing = run.ToHashSet();
            if (run is [var one])
            {
                if (await _table.FindAsync(PartitionOf(tenant, one), RowOf(one), token) is { } row)
                    Take(row);
            }
            else
            {
                await foreach (var row in _table.RangeAsync(PartitionOf(tenant, run[0]), RowOf(run[0]), RowOf(run[^1]) + '!', Page, token))
                    Take(row);
            }
            foreach (var bucket in missing)
                Report(bucket, Seen.Nothing);

            void Take(TableRow row)
            {
                if (missing.Remove(BucketOf(row.Row)))
                    Report(BucketOf(row.Row), new Seen(row.Version, row.Bytes(Verdicts)));
            }
        });

        void Report(int bucket, Seen seen)
        {
            Remember(tenant, bucket, seen);
            found(bucket, seen);
        }
    }

    private static IEnumerable<int[]> Runs(int[] sorted)
    {
        for (int first = 0, next = 1; first < sorted.Length; next++)
        {
            if (next < sorted.Length && sorted[next] - sorted[next - 1] <= MostBetween + 1 && sorted[next] / BucketsInPartition == sorted[first] / BucketsInPartition)
                continue;
            yield return sorted[first..next];
            first = next;
        }
    }

    private void Remember(TenantId tenant, int bucket, Seen seen) =>
        _seen.Set((tenant, bucket), seen, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1), Size = 200 + (seen.Packed?.Length ?? 0) });

    private static string PartitionOf(TenantId tenant, int bucket) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}|{bucket / BucketsInPartition:x1}");

    private static string RowOf(int bucket) => bucket.ToString("x3", CultureInfo.InvariantCulture);

    private static int BucketOf(string row) => int.Parse(row, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static ParallelOptions Limits(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken };

    private static TimeoutException Contended() => new($"A bucket of remembered verdicts changed under {Attempts} attempts to write it.");

    /// <param name="Version">Null where there is no row.</param>
    private sealed record Seen(string? Version, byte[]? Packed)
    {
        public static Seen Nothing { get; } = new(null, null);
    }
}
