using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Operations;

/// <summary>Table <c>Due</c>, a system table: kind|shard(8) · time|tenant|id. What sweepers look at over all tenants; a hint, never the truth.</summary>
public sealed class DueStore(IStorage storage, TimeProvider clock)
{
    private const int Shards = 8;

    private readonly ITable _table = storage.Table("Due");
    private readonly DueWatchStore _watch = new(storage.Table("Due"), clock);

    /// <summary>The row key of a reminder: the work remembers it, to take it away.</summary>
    public static string RowOf(DateTimeOffset at, TenantId tenant, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}|{tenant.Value}|{id}");

    /// <summary>When a reminder of this row key is due; false where it is none.</summary>
    public static bool TryTimeOf(string row, out DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(row);
        at = default;
        if (row.Length < 20 || row[19] != '|' || !long.TryParse(row.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTimeOffset.MaxValue.Ticks)
            return false;
        at = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    public Task AddAsync(string kind, string row, CancellationToken cancellationToken) =>
        _watch.TellAsync(kind, () => _table.UpsertAsync(new TableRow(Partition(kind, row), row), cancellationToken), cancellationToken);

    public Task RemoveAsync(string kind, string row, CancellationToken cancellationToken) => _table.DeleteAsync(Partition(kind, row), row, cancellationToken);

    public async Task<bool> ExistsAsync(string kind, string row, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(kind, row), row, cancellationToken) is not null;

    /// <summary>All that is due by then, oldest first in each shard; one read where nothing is.</summary>
    public async IAsyncEnumerable<DueItem> UntilAsync(string kind, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!await _watch.MayBeDueAsync(kind, until, cancellationToken))
            yield break;
        var to = string.Create(CultureInfo.InvariantCulture, $"{until.UtcTicks:D19}~");
        var any = false;
        for (var shard = 0; shard < Shards; shard++)
        {
            await foreach (var row in _table.RangeAsync(ShardPartition(kind, shard), "", to, 200, cancellationToken))
            {
                any = true;
                var parts = row.Row.Split('|', 3);
                yield return new DueItem(row.Row, TimeOf(row.Row), TenantId.Recorded(parts[1]), parts[2]);
            }
        }
        if (!any)
            await _watch.SettleAsync(kind, () => NextAsync(kind, cancellationToken), cancellationToken);
    }

    /// <summary>Sees to each that is due. One whose data cannot be worked with keeps no other from its turn.</summary>
    /// <exception cref="InvalidDataException">One could not be worked with, thrown when all others had their turn.</exception>
    public async Task ForEachAsync(string kind, DateTimeOffset until, Func<DueItem, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        InvalidDataException? first = null;
        await foreach (var item in UntilAsync(kind, until, cancellationToken))
        {
            try
            {
                await work(item);
            }
            // Not what a store that is away throws: that is the same for all.
            catch (Exception e) when (e is JsonException or FormatException or InvalidDataException or (InvalidOperationException and not ObjectDisposedException))
            {
                first ??= new InvalidDataException($"A reminder of {kind} cannot be seen to: {item.Tenant.Value}, {item.Id}.", e);
            }
        }
        if (first is not null)
            throw first;
    }

    private async Task<DateTimeOffset?> NextAsync(string kind, CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        for (var shard = 0; shard < Shards; shard++)
        {
            await foreach (var row in _table.RangeAsync(ShardPartition(kind, shard), "", "~", 1, cancellationToken))
            {
                var at = TimeOf(row.Row);
                next = at > next ? next : at;
                break;
            }
        }
        return next;
    }

    private static DateTimeOffset TimeOf(string row) => new(long.Parse(row.AsSpan(0, row.IndexOf('|', StringComparison.Ordinal)), CultureInfo.InvariantCulture), TimeSpan.Zero);

    // By what follows the time, so that a reminder that moves on stays where it was.
    private static string Partition(string kind, string row)
    {
        var shard = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(row.AsSpan(row.IndexOf('|', StringComparison.Ordinal)))) % Shards;
        return ShardPartition(kind, (int)shard);
    }

    private static string ShardPartition(string kind, int shard) => string.Create(CultureInfo.InvariantCulture, $"{kind}|{shard}");
}
