using System.Globalization;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Suppressions;

/// <summary>
/// Table <c>Suppressions</c>: tenant|hex digit · <c>s|</c>SHA-256 of the canonical address, and <c>c</c>, which counts them and how often they changed;
/// tenant · <c>stamp</c>, another text after each change, so that whoever holds the list in memory needs one point read to know that it stands.
/// </summary>
public sealed class SuppressionStore(IStorage storage) : IDisposable
{
    private const string CounterRow = "c";
    private const string StampRow = "stamp";
    private const string First = "s|";
    private const string Last = "t";
    private const int MostRows = 90;

    private readonly ITable _table = storage.Table("Suppressions");
    private readonly CountedWrites _counted = new(storage.Table("Suppressions"));

    /// <returns>How many of them were new.</returns>
    public async Task<int> AddAsync(TenantId tenant, IReadOnlyCollection<Suppression> suppressions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suppressions);
        var added = 0;
        var shards = suppressions.Select(one => (Key: SuppressionKey.Of(one.Canonical), Suppression: one)).DistinctBy(one => one.Key.Row).GroupBy(one => one.Key.Shard);
        await Parallel.ForEachAsync(shards, cancellationToken, async (shard, token) =>
        {
            foreach (var part in shard.Select(one => Write(tenant, one.Key, one.Suppression)).Chunk(MostRows))
                Interlocked.Add(ref added, await AddPartAsync(part, token));
        });
        if (added > 0)
            await StampAsync(tenant, cancellationToken);
        return added;
    }

    /// <returns>False where it was not there.</returns>
    public async Task<bool> RemoveAsync(TenantId tenant, string canonical, CancellationToken cancellationToken)
    {
        var key = SuppressionKey.Of(canonical);
        var removed = await _counted.TryWriteAsync(
            [TableWrite.Delete(SuppressionKey.PartitionOf(tenant, key.Shard), key.Row)], CounterRow, new Dictionary<string, long> { ["Count"] = -1, ["Changes"] = 1 }, cancellationToken);
        if (removed)
            await StampAsync(tenant, cancellationToken);
        return removed;
    }

    public async Task<Suppression?> FindAsync(TenantId tenant, string canonical, CancellationToken cancellationToken)
    {
        var key = SuppressionKey.Of(canonical);
        return await _table.FindAsync(SuppressionKey.PartitionOf(tenant, key.Shard), key.Row, cancellationToken) is { } row ? Read(row) : null;
    }

    /// <summary>All of them from a place on, with the place after each; the order means nothing.</summary>
    public async IAsyncEnumerable<(Suppression Suppression, string Place)> ListAsync(TenantId tenant, string after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = after.Length == 0 ? 0 : int.Parse(after.AsSpan(0, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        for (var shard = from; shard < SuppressionKey.Shards; shard++)
        {
            var first = shard == from && after.Length > 0 ? after[1..] + "!" : First;
            await foreach (var row in _table.RangeAsync(SuppressionKey.PartitionOf(tenant, shard), first, Last, pageSize, cancellationToken))
                yield return (Read(row), $"{shard:x}{row.Row}");
        }
    }

    /// <summary>Null where nothing was ever suppressed.</summary>
    internal async Task<string?> ReadStampAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await _table.FindAsync(tenant.Value, StampRow, cancellationToken))?.Text("Stamp");

    /// <summary>How often the shard has changed.</summary>
    internal async Task<long> ChangesAsync(TenantId tenant, int shard, CancellationToken cancellationToken) =>
        (await _table.FindAsync(SuppressionKey.PartitionOf(tenant, shard), CounterRow, cancellationToken))?.Number("Changes") ?? 0;

    internal async Task<HashSet<ulong>> TagsAsync(TenantId tenant, int shard, CancellationToken cancellationToken)
    {
        var tags = new HashSet<ulong>();
        await foreach (var row in _table.RangeAsync(SuppressionKey.PartitionOf(tenant, shard), First, Last, 1000, cancellationToken))
            tags.Add(SuppressionKey.TagOf(row.Row));
        return tags;
    }

    public void Dispose() => _counted.Dispose();

    private async Task<int> AddPartAsync(TableRow[] rows, CancellationToken cancellationToken)
    {
        if (await _counted.TryWriteAsync([.. rows.Select(TableWrite.Insert)], CounterRow, Deltas(rows.Length), cancellationToken))
            return rows.Length;
        var added = 0;
        foreach (var row in rows)
            added += await _counted.TryWriteAsync([TableWrite.Insert(row)], CounterRow, Deltas(1), cancellationToken) ? 1 : 0;
        return added;
    }

    private Task StampAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _table.UpsertAsync(new TableRow(tenant.Value, StampRow) { ["Stamp"] = Guid.NewGuid().ToString("N") }, cancellationToken);

    private static Dictionary<string, long> Deltas(int added) => new() { ["Count"] = added, ["Changes"] = 1 };

    private static TableRow Write(TenantId tenant, SuppressionKey key, Suppression suppression) => new(SuppressionKey.PartitionOf(tenant, key.Shard), key.Row)
    {
        ["Email"] = suppression.Email,
        ["Canonical"] = suppression.Canonical,
        ["Reason"] = suppression.Reason,
        ["Source"] = suppression.Source,
        ["AddedAt"] = suppression.AddedAt,
    };

    private static Suppression Read(TableRow row) =>
        new(row.Text("Email") ?? "", row.Text("Canonical") ?? "", row.Text("Reason"), row.Text("Source") ?? "", row.Time("AddedAt") ?? default);
}
