using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;

namespace ProspectOps.Bench.Pipelines;

/// <summary>What this Azurite gives to someone who does nothing else: point reads and transactions of 20 rows with the app's own client.</summary>
/// <param name="ReadsPerSecond">One row by its key.</param>
/// <param name="TransactionsPerSecond">20 rows of one partition, inserted or replaced.</param>
internal sealed record PlainStorage(double ReadsPerSecond, double TransactionsPerSecond)
{
    private const int RowsInTransaction = 20;
    private const int AtOnce = 16;
    // Enough for a steady rate; a longer run only makes the emulator's own state larger.
    private const int MostCalls = 2_000;

    /// <summary>As many calls as the app made, up to 2,000 of each kind.</summary>
    public static async Task<PlainStorage> MeasureAsync(string connectionString, long reads, long writes, CancellationToken cancellationToken)
    {
        var table = new TableClient(connectionString, "BenchPlain");
        await table.CreateIfNotExistsAsync(cancellationToken);
        await WriteAsync(table, 0, cancellationToken);
        var writing = await RateAsync(writes, call => WriteAsync(table, call, cancellationToken));
        var reading = await RateAsync(reads, call => table.GetEntityAsync<TableEntity>("p0", Row(call % RowsInTransaction), cancellationToken: cancellationToken));
        return new PlainStorage(reading, writing);
    }

    /// <summary>How long the same number of calls would take by themselves.</summary>
    public double SecondsFor(long reads, long writes) => reads / ReadsPerSecond + writes / TransactionsPerSecond;

    private static async Task WriteAsync(TableClient table, int call, CancellationToken cancellationToken)
    {
        var partition = string.Create(CultureInfo.InvariantCulture, $"p{call}");
        await table.SubmitTransactionAsync(
            Enumerable.Range(0, RowsInTransaction).Select(row => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace,
                new TableEntity(partition, Row(row)) { ["Text"] = new string('x', 400), ["Number"] = row })),
            cancellationToken);
    }

    private static async Task<double> RateAsync(long wanted, Func<int, Task> call)
    {
        var calls = (int)Math.Clamp(wanted, 200, MostCalls);
        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (var mine = Interlocked.Increment(ref next); mine <= calls; mine = Interlocked.Increment(ref next))
                await call(mine);
        }));
        return calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static string Row(int row) => row.ToString("00", CultureInfo.InvariantCulture);
}
