using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Quotas;

/// <summary>
/// Table <c>Quotas</c>: tenant|month · <c>c|</c>metric|day or <c>month</c>|key, what was taken of one quota; <c>r|</c>metric|name, a reservation that
/// outlives its process. All of a tenant's month is one partition, so that units are taken from all windows in one transaction, and never beyond a limit.
/// </summary>
public sealed class QuotaStore(IStorage storage, TimeProvider clock)
{
    private const int Attempts = 100;
    // Below this, units are taken one by one.
    private const long ExactBelow = 100;
    private const int BlockShare = 100;

    // Longer than any work that is still going to be settled: what is older belongs to work that nobody will finish.
    private static readonly TimeSpan ReservedFor = TimeSpan.FromHours(6);

    private readonly ITable _table = storage.Table("Quotas");

    /// <summary>Takes units, and up to 1 % of what is left beyond them.</summary>
    /// <param name="cell">Its turn is the caller's.</param>
    /// <param name="less">Whether fewer will do.</param>
    internal async Task<QuotaTake> TakeAsync(QuotaWindows windows, QuotaCell cell, long need, bool less, CancellationToken cancellationToken) =>
        (await TakeAsync(windows, cell, need, less, left => left <= ExactBelow ? 0 : left / BlockShare, null, cancellationToken))!;

    /// <summary>Takes up to as many units under a name; the same name again is answered what it was given.</summary>
    internal async Task<QuotaTake> TakeNamedAsync(QuotaWindows windows, QuotaCell cell, string name, long upTo, CancellationToken cancellationToken)
    {
        if (await _table.FindAsync(windows.Partition, NamedRow(windows.Metric, name), cancellationToken) is { } before)
            return new QuotaTake(before.Number("Units"), windows.All[0], []);
        return await TakeAsync(windows, cell, upTo, less: true, _ => 0, name, cancellationToken)
            ?? await TakeNamedAsync(windows, cell, name, upTo, cancellationToken);
    }

    /// <summary>Settles a named reservation: gives back what was not used. One that is settled already is left alone.</summary>
    internal async Task SettleNamedAsync(string partition, QuotaMetric metric, string name, long used, CancellationToken cancellationToken)
    {
        var row = NamedRow(metric, name);
        if (await _table.FindAsync(partition, row, cancellationToken) is { } reserved)
            await EndAsync(reserved, used, cancellationToken);
    }

    /// <summary>Moves counters: less is given back, more is what work cost beyond its reservation.</summary>
    internal Task MoveAsync(QuotaWindows windows, long delta, CancellationToken cancellationToken) =>
        MoveAsync(windows.Partition, [.. windows.All.Select(window => window.Row)], delta, null, cancellationToken);

    internal async Task<IReadOnlyList<TableRow>> ReadAsync(QuotaWindows windows, CancellationToken cancellationToken) =>
        await RowsAsync(windows.Partition, windows.All.Select(window => window.Row), cancellationToken);

    /// <summary>Notes that the tenant was told of it.</summary>
    internal async Task AnnouncedAsync(string partition, string row, int percent, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _table.FindAsync(partition, row, cancellationToken) is not { } counter || counter.Number("Announced") >= percent)
                return;
            counter["Announced"] = percent;
            if (await _table.TryReplaceAsync(counter, cancellationToken) is not null)
                return;
        }
    }

    // Null where a reservation of that name is in the way.
    private async Task<QuotaTake?> TakeAsync(
        QuotaWindows windows, QuotaCell cell, long need, bool less, Func<long, long> block, string? name, CancellationToken cancellationToken)
    {
        var reclaimed = false;
        var (by, units) = (Guid.NewGuid().ToString("N"), 0L);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var fromMemory = cell.Counters is not null;
            var counters = cell.Counters ?? await ReadAsync(windows, cancellationToken);
            cell.Counters = null;
            var (left, scarcest) = Left(windows, counters);
            if (IsBy(counters, by))
            {
                cell.Counters = counters;
                return new QuotaTake(units, scarcest, counters);
            }
            if (left < need && fromMemory)
                continue; // others may have given back since
            if (left < need && !reclaimed)
            {
                reclaimed = true;
                if (await ReclaimAsync(windows, cancellationToken))
                    continue;
            }
            if (left < need && (!less || left == 0))
                return new QuotaTake(0, scarcest, counters);

            units = Math.Max(Math.Min(need, left), block(left));
            var moved = counters.Select((counter, index) => Moved(counter, units, windows.All[index].Limit, by)).ToArray();
            TableWrite[] writes = [.. Named(windows, name, units), .. moved.Select(Write)];
            var result = await _table.TransactAsync(writes, cancellationToken);
            if (result.Committed)
            {
                foreach (var (index, counter) in moved.Index())
                    counter.Version = result.Versions[writes.Length - moved.Length + index];
                cell.Counters = moved;
                return new QuotaTake(units, scarcest, moved);
            }
            if (name is not null && result.FailedIndex == 0)
                return null;
        }
        throw new TimeoutException($"A quota's counters changed under {Attempts} attempts to move them.");
    }

    private IEnumerable<TableWrite> Named(QuotaWindows windows, string? name, long units)
    {
        if (name is null)
            yield break;
        yield return TableWrite.Insert(new TableRow(windows.Partition, NamedRow(windows.Metric, name))
        {
            ["Units"] = units,
            ["Counters"] = string.Join('\n', windows.All.Select(window => window.Row)),
            ["ExpiresAt"] = clock.GetUtcNow() + ReservedFor,
        });
    }

    // What was reserved by work that never came to its end.
    private async Task<bool> ReclaimAsync(QuotaWindows windows, CancellationToken cancellationToken)
    {
        var any = false;
        var now = clock.GetUtcNow();
        var prefix = NamedRow(windows.Metric, "");
        await foreach (var reserved in _table.RangeAsync(windows.Partition, prefix, prefix + "~", 1000, cancellationToken))
        {
            if (reserved.Time("ExpiresAt") <= now)
                any |= await EndAsync(reserved, 0, cancellationToken);
        }
        return any;
    }

    private Task<bool> EndAsync(TableRow reserved, long used, CancellationToken cancellationToken) =>
        MoveAsync(reserved.Partition, reserved.Text("Counters")!.Split('\n'), used - reserved.Number("Units"), reserved.Row, cancellationToken);

    // With a row to remove, all happens once: false where the row is gone.
    private async Task<bool> MoveAsync(string partition, string[] rows, long delta, string? remove, CancellationToken cancellationToken)
    {
        if (delta == 0 && remove is null)
            return true;
        var by = Guid.NewGuid().ToString("N");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var counters = await RowsAsync(partition, rows, cancellationToken);
            if (IsBy(counters, by))
                return true;
            TableWrite[] writes = [.. remove is null ? Array.Empty<TableWrite>() : [TableWrite.Delete(partition, remove)], .. counters.Select(counter => Write(Moved(counter, delta, null, by)))];
            var result = await _table.TransactAsync(writes, cancellationToken);
            if (result.Committed)
                return true;
            if (remove is not null && result.FailedIndex == 0)
                return false;
        }
        throw new TimeoutException($"A quota's counters changed under {Attempts} attempts to move them.");
    }

    private async Task<IReadOnlyList<TableRow>> RowsAsync(string partition, IEnumerable<string> rows, CancellationToken cancellationToken) =>
        await Task.WhenAll(rows.Select(async row => await _table.FindAsync(partition, row, cancellationToken) ?? new TableRow(partition, row)));

    private static (long Left, QuotaWindow Scarcest) Left(QuotaWindows windows, IReadOnlyList<TableRow> counters)
    {
        var (window, left) = windows.All.Select((one, index) => (one, Math.Max(0, one.Limit - counters[index].Number("Taken")))).MinBy(pair => pair.Item2);
        return (left, window);
    }

    // A lost answer is asked again and then looks like somebody else's write: who moved a counter last is written with it.
    private static bool IsBy(IReadOnlyList<TableRow> counters, string by) => counters.Any(counter => counter.Text("By") == by);

    private static TableRow Moved(TableRow counter, long delta, long? limit, string by) => new(counter.Partition, counter.Row)
    {
        ["Taken"] = Math.Max(0, counter.Number("Taken") + delta),
        ["Limit"] = limit ?? counter["Limit"],
        ["Announced"] = counter["Announced"],
        ["By"] = by,
        Version = counter.Version,
    };

    private static TableWrite Write(TableRow counter) => counter.Version is null ? TableWrite.Insert(counter) : TableWrite.Replace(counter);

    private static string NamedRow(QuotaMetric metric, string name) => $"r|{metric}|{name}";
}
