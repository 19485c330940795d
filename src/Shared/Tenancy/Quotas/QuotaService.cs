using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy.Quotas;

/// <summary>Sets units of a tenant's and a key's quotas aside before work is done, and counts what it used after.</summary>
/// <remarks>
/// Units are taken from the store in blocks of up to 1 % of what is left, one by one of the last 100, and handed out from memory: work under a large quota
/// costs no round trip of its own, and no limit is ever exceeded. A block that nobody uses for 5 s goes back. What a process held when it was killed is
/// taken until the window ends, since nobody knows how much of it was used: at most 1 % of what was left. A named reservation outlives its process.
/// Where no quota is set, nothing is read or written.
/// </remarks>
public sealed class QuotaService(QuotaStore store, TenantDirectory tenants, KeyDirectory keys, ITenantEvents events, TimeProvider clock, ILogger<QuotaService> log)
{
    private static readonly TimeSpan RefusalKnownFor = TimeSpan.FromSeconds(1);
    private static readonly int[] Announcements = [80, 100];

    private readonly ConcurrentDictionary<(TenantId Tenant, string KeyId, QuotaMetric Metric), QuotaCell> _cells = new();
    private readonly ConcurrentDictionary<(string Partition, string Row), bool> _announcing = new();

    /// <summary>Sets aside all of the units.</summary>
    /// <exception cref="DomainException"><c>quota_exceeded</c>, with the time at which it resets.</exception>
    public async ValueTask<QuotaReservation> ReserveAsync(QuotaSubject subject, QuotaMetric metric, long units, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        var reservation = await ReserveAsync(subject, metric, units, less: false, cancellationToken);
        return reservation.Granted == units
            ? reservation
            : throw new DomainException(TenancyErrors.QuotaExceeded(reservation.Quota!, reservation.ResetsAt!.Value, clock.GetUtcNow()));
    }

    /// <summary>Sets aside as many of the units as there are, perhaps none.</summary>
    public ValueTask<QuotaReservation> ReserveUpToAsync(QuotaSubject subject, QuotaMetric metric, long units, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        return ReserveAsync(subject, metric, units, less: true, cancellationToken);
    }

    /// <summary>Counts what was used and gives the rest back; 0 where the work failed. A second time does nothing.</summary>
    /// <param name="used">May be more than was set aside only for money, where what work costs is known when it is done.</param>
    public async ValueTask SettleAsync(QuotaReservation reservation, long used, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        ArgumentOutOfRangeException.ThrowIfNegative(used);
        if (reservation.Windows is not { } windows || !reservation.TrySettle())
            return;
        if (reservation.Name is { } name)
            await store.SettleNamedAsync(windows.Partition, windows.Metric, name, used, cancellationToken);
        else if (used != reservation.Granted && !(used < reservation.Granted && reservation.Cell!.TryReturn(windows, reservation.Granted - used)))
            await store.MoveAsync(windows, used - reservation.Granted, cancellationToken);
    }

    /// <summary>For a step of a job, which may run twice and whose process may die: sets aside up to as many units under a name, 2 round trips. The same name again has what it was given.</summary>
    /// <param name="name">Such as <c>job_…|17</c>; no <c>/ \ # ?</c>.</param>
    /// <remarks>
    /// Settle it after the results are kept, by <see cref="SettleBatchAsync"/>. One that is never settled is given back after 6 hours: safe, where results
    /// that are not settled are not given out.
    /// </remarks>
    public async Task<QuotaReservation> ReserveBatchAsync(QuotaSubject subject, QuotaMetric metric, string name, long upTo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(upTo);
        if (await WindowsAsync(subject, metric, cancellationToken) is not var (windows, cell) || upTo == 0)
            return new QuotaReservation(upTo, null, null, null);
        await cell.Turn.WaitAsync(cancellationToken);
        try
        {
            await TurnOverAsync(cell, windows, cancellationToken);
            var take = await store.TakeNamedAsync(windows, cell, name, upTo, cancellationToken);
            Announce(windows, take);
            return new QuotaReservation(take.Granted, windows, cell, name) { ResetsAt = take.Scarcest.ResetsAt, Quota = take.Scarcest.Quota };
        }
        finally
        {
            cell.Turn.Release();
        }
    }

    /// <summary>Counts what a step of a job used, once: where it is settled already, or no quota was set, nothing happens.</summary>
    public async Task SettleBatchAsync(QuotaSubject subject, QuotaMetric metric, string name, long used, CancellationToken cancellationToken)
    {
        if (await WindowsAsync(subject, metric, cancellationToken) is not var (windows, _))
            return;
        await store.SettleNamedAsync(windows.Partition, metric, name, used, cancellationToken);
        // Set aside in the last hours of the month before.
        var before = QuotaWindows.PartitionOf(subject.Tenant, clock.GetUtcNow().AddHours(-6));
        if (before != windows.Partition)
            await store.SettleNamedAsync(before, metric, name, used, cancellationToken);
    }

    /// <summary>Every quota that applies, with what is used of it.</summary>
    public async Task<IReadOnlyList<QuotaStanding>> StandingAsync(QuotaSubject subject, CancellationToken cancellationToken)
    {
        var standings = new List<QuotaStanding>();
        foreach (var metric in Enum.GetValues<QuotaMetric>())
        {
            if (await WindowsAsync(subject, metric, cancellationToken) is not var (windows, _))
                continue;
            var counters = await store.ReadAsync(windows, cancellationToken);
            standings.AddRange(windows.All.Select((window, index) => new QuotaStanding(
                window, metric, Math.Max(0, counters[index].Number("Taken") - Held(windows, window.Row)))));
        }
        return standings;
    }

    /// <summary>Gives back what this process has taken and nobody has used for as long.</summary>
    public async Task GiveBackIdleAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        foreach (var (subject, cell) in _cells)
        {
            try
            {
                if (cell.TakeIdle(clock, idle) is var (windows, left))
                    await GiveBackAsync(cell, windows, left, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The edge of a background task: what could not be given back is there for the next one who asks.
                log.QuotaNotGivenBack(e, subject.Tenant);
            }
            if (cell.TryRetire(clock, idle + TimeSpan.FromMinutes(5)))
                _cells.TryRemove(KeyValuePair.Create(subject, cell));
        }
    }

    private async ValueTask<QuotaReservation> ReserveAsync(QuotaSubject subject, QuotaMetric metric, long units, bool less, CancellationToken cancellationToken)
    {
        if (await WindowsAsync(subject, metric, cancellationToken) is not var (windows, cell) || units == 0)
            return new QuotaReservation(units, null, null, null);
        if (cell.TryTake(windows, units, clock.GetTimestamp()))
            return new QuotaReservation(units, windows, cell, null);
        await cell.Turn.WaitAsync(cancellationToken);
        try
        {
            if (cell.TryTake(windows, units, clock.GetTimestamp()))
                return new QuotaReservation(units, windows, cell, null);
            await TurnOverAsync(cell, windows, cancellationToken);
            return await FetchAsync(windows, cell, units, less, cancellationToken);
        }
        finally
        {
            cell.Turn.Release();
        }
    }

    // Others take from the cell meanwhile: what was fetched is put in, and taken out like theirs.
    private async Task<QuotaReservation> FetchAsync(QuotaWindows windows, QuotaCell cell, long units, bool less, CancellationToken cancellationToken)
    {
        var askedSiblings = false;
        while (true)
        {
            if (cell.TryTake(windows, units, clock.GetTimestamp()))
                return new QuotaReservation(units, windows, cell, null);
            var missing = cell.Missing(windows, units);
            if (missing == 0)
                continue;
            var scarcest = cell.RefusedBy(windows, missing, clock, RefusalKnownFor);
            if (scarcest is null)
            {
                var take = await store.TakeAsync(windows, cell, missing, less, cancellationToken);
                Announce(windows, take);
                cell.Put(take.Granted);
                if (take.Granted >= missing)
                    continue;
                if (!askedSiblings)
                {
                    askedSiblings = true;
                    if (await GiveBackSiblingsAsync(windows, cell, cancellationToken))
                    {
                        cell.Counters = null;
                        continue;
                    }
                }
                scarcest = take.Scarcest;
                cell.Refuse(scarcest, less ? 1 : missing, clock.GetTimestamp());
            }
            return new QuotaReservation(less ? cell.TakeUpTo(units) : 0, windows, cell, null) { ResetsAt = scarcest.ResetsAt, Quota = scarcest.Quota };
        }
    }

    private async ValueTask<(QuotaWindows Windows, QuotaCell Cell)?> WindowsAsync(QuotaSubject subject, QuotaMetric metric, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(subject.Tenant, cancellationToken) is not { } tenant)
            return null; // on its way out
        var key = subject.KeyId is { } keyId ? await keys.FindAsync(keyId, cancellationToken) : null;
        var limitedKey = key is not null && QuotaWindows.Limits(key.Quotas, metric) ? key : null;
        if (limitedKey is null && !QuotaWindows.Limits(tenant.Quotas, metric))
            return null;
        var cell = _cells.GetOrAdd((subject.Tenant, limitedKey?.KeyId ?? "", metric), static _ => new QuotaCell());
        return cell.Windows(tenant, limitedKey, metric, clock.GetUtcNow()) is { } windows ? (windows, cell) : null;
    }

    private async Task TurnOverAsync(QuotaCell cell, QuotaWindows windows, CancellationToken cancellationToken)
    {
        if (cell.Turnover(windows) is var (before, left))
            await store.MoveAsync(before, -left, cancellationToken);
    }

    private async Task<bool> GiveBackSiblingsAsync(QuotaWindows windows, QuotaCell cell, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var (subject, sibling) in _cells)
        {
            if (subject.Tenant != windows.Tenant || subject.Metric != windows.Metric || sibling == cell || sibling.TakeIdle(clock, TimeSpan.Zero) is not var (held, left))
                continue;
            await GiveBackAsync(sibling, held, left, cancellationToken);
            any = true;
        }
        return any;
    }

    private async Task GiveBackAsync(QuotaCell cell, QuotaWindows windows, long left, CancellationToken cancellationToken)
    {
        try
        {
            await store.MoveAsync(windows, -left, cancellationToken);
        }
        catch
        {
            cell.TryReturn(windows, left);
            throw;
        }
    }

    private long Held(QuotaWindows windows, string row) => _cells
        .Where(pair => pair.Key.Tenant == windows.Tenant && pair.Key.Metric == windows.Metric)
        .Sum(pair => pair.Value.Left(row));

    private void Announce(QuotaWindows windows, QuotaTake take)
    {
        foreach (var (index, counter) in take.Rows.Index())
        {
            var percent = PercentOf(counter.Number("Taken"), windows.All[index].Limit);
            var told = counter.Number("Announced");
            if (Announcements.Any(one => one > told && one <= percent) && _announcing.TryAdd((windows.Partition, counter.Row), true))
                _ = AnnounceAsync(windows, windows.All[index], counter.Number("Taken"), told);
        }
    }

    private async Task AnnounceAsync(QuotaWindows windows, QuotaWindow window, long taken, long told)
    {
        try
        {
            var percent = PercentOf(taken, window.Limit);
            foreach (var reached in Announcements.Where(one => one > told && one <= percent))
            {
                var type = reached == 100 ? "quota.exhausted" : "quota.warning";
                var data = new { window.Quota, keyId = window.KeyId is null ? null : $"key_{window.KeyId}", percent = reached, limit = QuotaStanding.Shown(windows.Metric, window.Limit), used = QuotaStanding.Shown(windows.Metric, taken), window.ResetsAt };
                var happened = new TenantNotice(windows.Tenant, type, $"{windows.Partition}|{window.Row}", data);
                await events.RaiseAsync(happened, CancellationToken.None);
                await store.AnnouncedAsync(windows.Partition, window.Row, reached, CancellationToken.None);
            }
        }
        catch (Exception e)
        {
            // The edge of a background task: the next use of the quota tries again.
            log.QuotaNotAnnounced(e, window.Quota, windows.Tenant);
        }
        finally
        {
            _announcing.TryRemove((windows.Partition, window.Row), out _);
        }
    }

    private static long PercentOf(long taken, long limit) => limit == 0 ? 100 : (long)((decimal)taken * 100 / limit);
}
