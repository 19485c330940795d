using System.Globalization;
using System.Runtime.CompilerServices;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Usage;

/// <summary>Table <c>Usage</c>: tenant|month · day|key|operation, sums.</summary>
public sealed class UsageStore(IStorage storage)
{
    private const int Attempts = 50;
    private const int MostTogether = 100;

    private readonly ITable _table = storage.Table("Usage");

    /// <summary>Adds to the sums of a tenant's month: read, and written in one transaction for each 100 rows.</summary>
    /// <returns>Rows that were added, for each transaction as it is done.</returns>
    public async IAsyncEnumerable<IReadOnlyList<UsageRow>> AddAsync(TenantId tenant, IReadOnlyList<UsageRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var month in rows.GroupBy(row => Partition(tenant, row.Day)))
        {
            foreach (var together in month.Chunk(MostTogether))
            {
                await AddAsync(month.Key, together, cancellationToken);
                yield return together;
            }
        }
    }

    /// <summary>All rows of a time, by day.</summary>
    public async IAsyncEnumerable<UsageRow> RangeAsync(TenantId tenant, DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            var first = month < from ? from.Day : 1;
            var last = month.AddMonths(1) > to ? to.Day : 31;
            await foreach (var row in _table.RangeAsync(Partition(tenant, month), Day(first), Day(last) + "~", 1000, cancellationToken))
            {
                var parts = row.Row.Split('|', 3);
                yield return new UsageRow(new DateOnly(month.Year, month.Month, int.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1], parts[2], Read(row));
            }
        }
    }

    private async Task AddAsync(string partition, UsageRow[] rows, CancellationToken cancellationToken)
    {
        var by = Guid.NewGuid().ToString("N");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = await Task.WhenAll(rows.Select(row => _table.FindAsync(partition, RowOf(row), cancellationToken)));
            // A lost answer is asked again and then looks like somebody else's write: who added last is written with the sums.
            if (before.Any(row => row?.Text("By") == by))
                return;
            var result = await _table.TransactAsync([.. rows.Select((row, index) => Write(partition, row, before[index], by))], cancellationToken);
            if (result.Committed)
                return;
        }
        throw new TimeoutException($"Usage changed under {Attempts} attempts to add to it.");
    }

    private static TableWrite Write(string partition, UsageRow row, TableRow? before, string by)
    {
        var counts = (before is null ? default : Read(before)) + row.Counts;
        var sums = new TableRow(partition, RowOf(row))
        {
            ["Requests"] = counts.Requests,
            ["Validations"] = counts.Validations,
            ["InputTokens"] = counts.InputTokens,
            ["OutputTokens"] = counts.OutputTokens,
            ["CostMicroUsd"] = counts.CostMicroUsd,
            ["CacheHits"] = counts.CacheHits,
            ["Deliveries"] = counts.Deliveries,
            ["By"] = by,
            Version = before?.Version,
        };
        return before is null ? TableWrite.Insert(sums) : TableWrite.Replace(sums);
    }

    private static UsageCounts Read(TableRow row) => new(
        row.Number("Requests"), row.Number("Validations"), row.Number("InputTokens"), row.Number("OutputTokens"), row.Number("CostMicroUsd"), row.Number("CacheHits"), row.Number("Deliveries"));

    private static string RowOf(UsageRow row) => $"{Day(row.Day.Day)}|{row.KeyId}|{row.Operation}";

    private static string Day(int day) => day.ToString("D2", CultureInfo.InvariantCulture);

    private static string Partition(TenantId tenant, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}|{day:yyyyMM}");
}
