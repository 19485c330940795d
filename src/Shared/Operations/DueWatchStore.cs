using System.Collections.Concurrent;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Operations;

/// <summary>Table <c>Due</c>, partition <c>watch</c> · kind: whether a kind has reminders at all and when the next is due, so that sweepers of a quiet kind read one row and not every shard.</summary>
/// <remarks>
/// Whoever adds a reminder says so here first, at most every <see cref="ToldFor"/>. Only a kind of which nobody has spoken for <see cref="QuietAfter"/> is settled,
/// and only on the version that was read: a reminder that is added meanwhile is never overlooked.
/// </remarks>
internal sealed class DueWatchStore(ITable table, TimeProvider clock)
{
    private const string Partition = "watch";

    // Between the two lies what a slow write and two clocks may differ by.
    private static readonly TimeSpan ToldFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuietAfter = TimeSpan.FromMinutes(2);

    // The kinds are swept at different seconds; this is less than any two sweeps of one kind lie apart.
    private static readonly TimeSpan ReadFor = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);
    private volatile Reading? _read;

    /// <summary>Says that a reminder of the kind is written.</summary>
    /// <param name="write">Writes it.</param>
    public async Task TellAsync(string kind, Func<Task> write, CancellationToken cancellationToken)
    {
        if (!IsTold(kind))
            await TouchAsync(kind, cancellationToken);
        await write();
        // One that took long may have come after the kind was found to be quiet.
        if (!IsTold(kind))
            await TouchAsync(kind, cancellationToken);
    }

    /// <summary>Whether there may be a reminder that is due by then.</summary>
    public async Task<bool> MayBeDueAsync(string kind, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // A process looks at everything once: reminders may be older than the watch.
        if (!_told.ContainsKey(kind))
            await TouchAsync(kind, cancellationToken);
        return await FindAsync(kind, cancellationToken) is not { } row || row.Time("NextAt") is not { } next || next <= until;
    }

    /// <summary>Says when the next is due, where nobody has added one for a while.</summary>
    /// <param name="next">Looks for it; null where there is none.</param>
    public async Task SettleAsync(string kind, Func<Task<DateTimeOffset?>> next, CancellationToken cancellationToken)
    {
        if (await FindAsync(kind, cancellationToken) is not { } row || row.Time("TouchedAt") > clock.GetUtcNow() - QuietAfter)
            return;
        row["NextAt"] = await next() ?? DateTimeOffset.MaxValue.AddDays(-1);
        await table.TryReplaceAsync(row, cancellationToken);
        _read = null;
    }

    private bool IsTold(string kind) => _told.TryGetValue(kind, out var at) && clock.GetUtcNow() - at < ToldFor;

    private async Task TouchAsync(string kind, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await table.UpsertAsync(new TableRow(Partition, kind) { ["TouchedAt"] = now }, cancellationToken);
        _told[kind] = now;
        _read = null;
    }

    private async Task<TableRow?> FindAsync(string kind, CancellationToken cancellationToken)
    {
        if (_read is not { } read || clock.GetElapsedTime(read.At) >= ReadFor)
        {
            var at = clock.GetTimestamp();
            var rows = new Dictionary<string, TableRow>(StringComparer.Ordinal);
            await foreach (var row in table.RangeAsync(Partition, "", "~", 100, cancellationToken))
                rows[row.Row] = row;
            _read = read = new Reading(rows, at);
        }
        return read.Rows.GetValueOrDefault(kind);
    }

    private sealed record Reading(IReadOnlyDictionary<string, TableRow> Rows, long At);
}
