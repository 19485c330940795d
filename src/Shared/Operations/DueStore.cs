using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Operations;

/// <summary>Table <c>Due</c>, a system table: kind|shard(8) · time|tenant|id. What sweepers look at over all tenants; a hint, never the truth.</summary>
public sealed class DueStore(IStorage storage)
{
    private const int Shards = 8;

    private readonly ITable _table = storage.Table("Due");

    /// <summary>The row key of a reminder: the work remembers it, to take it away.</summary>
    public static string RowOf(DateTimeOffset at, TenantId tenant, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:D19}|{tenant.Value}|{id}");

    public Task AddAsync(string kind, string row, CancellationToken cancellationToken) => _table.UpsertAsync(new TableRow(Partition(kind, row), row), cancellationToken);

    public Task RemoveAsync(string kind, string row, CancellationToken cancellationToken) => _table.DeleteAsync(Partition(kind, row), row, cancellationToken);

    public async Task<bool> ExistsAsync(string kind, string row, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(kind, row), row, cancellationToken) is not null;

    /// <summary>All that is due by then, oldest first in each shard.</summary>
    public async IAsyncEnumerable<DueItem> UntilAsync(string kind, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var to = string.Create(CultureInfo.InvariantCulture, $"{until.UtcTicks:D19}~");
        for (var shard = 0; shard < Shards; shard++)
        {
            await foreach (var row in _table.RangeAsync($"{kind}|{shard}", "", to, 200, cancellationToken))
            {
                var parts = row.Row.Split('|', 3);
                yield return new DueItem(row.Row, new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero), TenantId.Parse(parts[1]), parts[2]);
            }
        }
    }

    // By what follows the time, so that a reminder that moves on stays where it was.
    private static string Partition(string kind, string row)
    {
        var shard = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(row.AsSpan(row.IndexOf('|', StringComparison.Ordinal)))) % Shards;
        return string.Create(CultureInfo.InvariantCulture, $"{kind}|{shard}");
    }
}
