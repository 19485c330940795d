using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Quotas;

/// <summary>What this process has taken of a subject's quotas and not handed out yet.</summary>
internal sealed class QuotaCell
{
    private readonly Lock _gate = new();
    private QuotaWindows? _windows;
    private long _left;
    private long _usedAt;
    private long _refusedAt;
    private long _refusedNeed = long.MaxValue;
    private QuotaWindow? _refusedBy;
    private bool _isRetired;

    /// <summary>Held by whoever goes to the store.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>The counters as they were when this process last wrote them; read and changed under <see cref="Turn"/> alone.</summary>
    public IReadOnlyList<TableRow>? Counters { get; set; }

    public bool TryTake(QuotaWindows windows, long units, long now)
    {
        lock (_gate)
        {
            _usedAt = now;
            if (!Holds(windows) || _left < units)
                return false;
            _left -= units;
            return true;
        }
    }

    /// <summary>The windows of these quotas, made anew only where the day or the quotas have changed.</summary>
    public QuotaWindows? Windows(Tenant tenant, KeyRecord? key, QuotaMetric metric, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_windows is { } windows && windows.AreOf(tenant.Quotas, key?.Quotas, now))
                return windows;
        }
        return QuotaWindows.Of(tenant, key, metric, now);
    }

    /// <summary>Makes <paramref name="windows"/> the ones that it holds units of.</summary>
    /// <returns>The windows before and what was left of them, to be given back.</returns>
    public (QuotaWindows Windows, long Left)? Turnover(QuotaWindows windows)
    {
        lock (_gate)
        {
            if (Holds(windows))
                return null;
            var before = _windows is { } old && _left > 0 ? (old, _left) : ((QuotaWindows, long)?)null;
            (_windows, _left, _refusedBy, Counters) = (windows, 0, null, null);
            return before;
        }
    }

    public long Left(string row)
    {
        lock (_gate)
            return _windows is not null && _windows.All.Any(window => window.Row == row) ? _left : 0;
    }

    public long Missing(QuotaWindows windows, long units)
    {
        lock (_gate)
            return Holds(windows) ? Math.Max(0, units - _left) : units;
    }

    /// <summary>Puts in what was taken from the store, under <see cref="Turn"/>.</summary>
    public void Put(long units)
    {
        lock (_gate)
            _left += units;
    }

    public long TakeUpTo(long units)
    {
        lock (_gate)
        {
            var taken = Math.Min(_left, units);
            _left -= taken;
            return taken;
        }
    }

    /// <summary>False where it no longer holds units of these windows.</summary>
    public bool TryReturn(QuotaWindows windows, long units)
    {
        lock (_gate)
        {
            if (_isRetired || !Holds(windows))
                return false;
            _left += units;
            _refusedBy = null;
            return true;
        }
    }

    public void Refuse(QuotaWindow by, long need, long now)
    {
        lock (_gate)
            (_refusedBy, _refusedNeed, _refusedAt) = (by, need, now);
    }

    /// <summary>The window that refused as much not long ago, so that a crowd at a closed door costs the store nothing.</summary>
    public QuotaWindow? RefusedBy(QuotaWindows windows, long need, TimeProvider clock, TimeSpan rememberedFor)
    {
        lock (_gate)
            return Holds(windows) && need >= _refusedNeed && _refusedBy is { } by && clock.GetElapsedTime(_refusedAt) < rememberedFor ? by : null;
    }

    /// <summary>Takes out all that is left, if nobody has used it for a while.</summary>
    public (QuotaWindows Windows, long Left)? TakeIdle(TimeProvider clock, TimeSpan idle)
    {
        lock (_gate)
        {
            if (_windows is not { } windows || _left == 0 || clock.GetElapsedTime(_usedAt) < idle)
                return null;
            var left = _left;
            _left = 0;
            return (windows, left);
        }
    }

    /// <summary>Ends its use where it is empty and idle.</summary>
    public bool TryRetire(TimeProvider clock, TimeSpan idle)
    {
        lock (_gate)
            return _isRetired = _left == 0 && clock.GetElapsedTime(_usedAt) >= idle;
    }

    private bool Holds(QuotaWindows windows) => _windows is not null && _windows.AreThose(windows);
}
