using System.Globalization;
using System.Runtime.CompilerServices;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="ITable"/> in memory: ordinal order, versions, transactions that are all or nothing.</summary>
public sealed class InMemoryTable : ITable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<string, TableRow>> _partitions = new(StringComparer.Ordinal);
    private long _version;

    public Task<TableRow?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(Stored(partition, row) is { } found ? Copy(found) : null);
    }

    public async IAsyncEnumerable<TableRow> RangeAsync(string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<TableRow> rows;
        lock (_gate)
        {
            rows = [.. Rows(partition).Values
                .Where(row => string.CompareOrdinal(row.Row, from) >= 0 && string.CompareOrdinal(row.Row, to) < 0)
                .Select(Copy)];
        }
        foreach (var row in rows)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public async Task<bool> TryInsertAsync(TableRow row, CancellationToken cancellationToken) =>
        (await TransactAsync([TableWrite.Insert(row)], cancellationToken)).Committed;

    public async Task<string?> TryReplaceAsync(TableRow row, CancellationToken cancellationToken)
    {
        var result = await TransactAsync([TableWrite.Replace(row)], cancellationToken);
        return result.Committed ? result.Versions[0] : null;
    }

    public Task UpsertAsync(TableRow row, CancellationToken cancellationToken) => TransactAsync([TableWrite.Upsert(row)], cancellationToken);

    public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken) => TransactAsync([TableWrite.Delete(partition, row)], cancellationToken);

    public Task<TransactionResult> TransactAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentOutOfRangeException.ThrowIfZero(writes.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, 100);
        if (writes.Select(write => write.Row.Partition).Distinct().Count() > 1)
            throw new ArgumentException("A transaction stays in one partition.", nameof(writes));
        if (writes.Select(write => write.Row.Row).Distinct().Count() < writes.Count)
            throw new ArgumentException("A transaction names each row once.", nameof(writes));

        lock (_gate)
        {
            for (var i = 0; i < writes.Count; i++)
            {
                if (!CanDo(writes[i]))
                    return Task.FromResult(TransactionResult.Failed(i));
            }
            return Task.FromResult(new TransactionResult(-1, [.. writes.Select(Do)]));
        }
    }

    internal long CountOf(string tenant)
    {
        lock (_gate)
            return _partitions.Where(partition => IsOf(partition.Key, tenant)).Sum(partition => partition.Value.Count);
    }

    internal void Erase(string tenant)
    {
        lock (_gate)
        {
            foreach (var partition in _partitions.Keys.Where(partition => IsOf(partition, tenant)).ToArray())
                _partitions.Remove(partition);
        }
    }

    private static bool IsOf(string partition, string tenant) => partition == tenant || partition.StartsWith(tenant + "|", StringComparison.Ordinal);

    private bool CanDo(TableWrite write)
    {
        var stored = Stored(write.Row.Partition, write.Row.Row);
        return write.Kind switch
        {
            TableWriteKind.Insert => stored is null,
            TableWriteKind.Replace => write.Row.Version is { } version
                ? stored?.Version == version
                : throw new InvalidOperationException("A row that was never read cannot be replaced."),
            TableWriteKind.Delete => stored is not null && (write.Row.Version is null || stored.Version == write.Row.Version),
            _ => true,
        };
    }

    private string? Do(TableWrite write)
    {
        var rows = Rows(write.Row.Partition);
        if (write.Kind == TableWriteKind.Delete)
        {
            rows.Remove(write.Row.Row);
            return null;
        }
        var written = Copy(write.Row);
        if (write.Kind == TableWriteKind.Merge && rows.TryGetValue(write.Row.Row, out var stored))
        {
            foreach (var (name, value) in stored.Values)
                written[name] ??= value;
        }
        written.Version = (++_version).ToString(CultureInfo.InvariantCulture);
        rows[write.Row.Row] = written;
        return written.Version;
    }

    private TableRow? Stored(string partition, string row) => Rows(partition).GetValueOrDefault(row);

    private SortedDictionary<string, TableRow> Rows(string partition)
    {
        if (!_partitions.TryGetValue(partition, out var rows))
            _partitions[partition] = rows = new SortedDictionary<string, TableRow>(StringComparer.Ordinal);
        return rows;
    }

    private static TableRow Copy(TableRow row)
    {
        var copy = new TableRow(row.Partition, row.Row) { Version = row.Version };
        foreach (var (name, value) in row.Values)
            copy[name] = value is byte[] bytes ? bytes.Clone() : value;
        return copy;
    }
}
