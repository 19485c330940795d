using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy.Limits;

/// <summary>One key's requests in this process, and what is known of the others'.</summary>
internal sealed class KeyMeter
{
    private const int SlicesOfLimit = 10;
    private const int LeasedFrom = 100;

    // In milliseconds. A process that has not told for as long as AliveFor is not waited for, so it must stop thinking itself alone before.
    private const long TellEvery = 5_000;
    private const long SureFor = 8_000;
    private const long AliveFor = 10_000;
    private const long AskAgainAfter = 500;
    private const long ForgetAfter = 70_000;

    private readonly Lock _gate = new();
    private readonly SlidingWindow _window = new();
    private IReadOnlyList<LimitHolder> _others = [];
    private Standing _standing = Standing.Unknown;
    private long _toldAt = long.MinValue / 2;
    private long _askedAt = long.MinValue / 2;
    private bool _hasBegun;
    private int _allowance;
    private int _takenSinceTold;
    private Task? _exchange;

    private enum Standing
    {
        /// <summary>Nothing is known of others: one slice may be used.</summary>
        Unknown,

        /// <summary>No other process uses the key.</summary>
        Alone,

        /// <summary>Others do: what was reserved may be used.</summary>
        Shared,
    }

    /// <summary>The row as it was last written; used by the one exchange under way.</summary>
    public TableRow? Row { get; set; }

    /// <summary>Decides at once. A task comes with it where the decision should wait for the first word of the others.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="state">Is given to <paramref name="exchange"/>.</param>
    /// <param name="exchange">Begins to tell the others and to ask them.</param>
    public (RateLimitDecision Decision, Task? First) Take<TState>(int limit, long now, TState state, Func<KeyMeter, TState, Task> exchange)
    {
        lock (_gate)
        {
            var second = now / 1000;
            if (limit < LeasedFrom)
                return (Decide(limit, second, 0), null);
            if (_standing != Standing.Unknown && now - _toldAt > SureFor)
                (_standing, _hasBegun) = (Standing.Unknown, false);
            if (_standing == Standing.Unknown && !_hasBegun)
                (_allowance, _hasBegun) = (Slice(limit), true);

            var mayTake = _standing == Standing.Alone || _allowance > 0;
            var decision = mayTake ? Decide(limit, second, TakenByOthers(second, now)) : new RateLimitDecision(false, limit, 0, 1);
            if (decision.Allowed)
            {
                _takenSinceTold++;
                if (_standing != Standing.Alone)
                    _allowance--;
            }
            if (_exchange is null && ShouldTell(limit, now))
            {
                _askedAt = now;
                _exchange = exchange(this, state);
            }
            return (decision, !mayTake && _standing == Standing.Unknown ? _exchange : null);
        }
    }

    public (int Limit, int Used, int ResetSeconds) Show(int limit, long now)
    {
        lock (_gate)
        {
            var second = now / 1000;
            var others = limit < LeasedFrom ? 0 : _others.Sum(holder => holder.UsedAt(second));
            return (limit, Math.Min(limit, _window.Used(second) + others), 60);
        }
    }

    /// <summary>What to tell the others, given what they told.</summary>
    public LimitHolder Tell(string process, int limit, long now, IReadOnlyList<LimitHolder> others)
    {
        lock (_gate)
        {
            _takenSinceTold = 0;
            var second = now / 1000;
            var live = others.Where(holder => now - holder.At < AliveFor).ToArray();
            var left = limit - _window.Used(second) - others.Sum(holder => holder.UsedAt(second)) - live.Sum(holder => holder.Reserved);
            var reserved = live.Length == 0 || live.Any(holder => holder.IsAlone) ? 0 : Math.Clamp(left, 0, Slice(limit));
            return new LimitHolder(process, now, live.Length == 0, reserved, second, _window.Counts(second));
        }
    }

    /// <summary>What was told, and heard, is so.</summary>
    public void Told(LimitHolder mine, IReadOnlyList<LimitHolder> others, TableRow row)
    {
        lock (_gate)
        {
            Row = row;
            _others = others;
            _toldAt = mine.At;
            if (mine.IsAlone)
                _standing = Standing.Alone;
            else if (others.Any(holder => holder.IsAlone && mine.At - holder.At < AliveFor))
                // It holds the whole limit until it hears of us: the slice that we began with has to do.
                (_allowance, _standing) = (_standing == Standing.Alone ? 0 : _allowance, Standing.Shared);
            else
                (_allowance, _standing) = (Math.Max(0, mine.Reserved - _takenSinceTold), Standing.Shared);
        }
    }

    /// <summary>The store did not answer: this process goes on by its own count.</summary>
    public void CouldNotTell(long now)
    {
        lock (_gate)
            (Row, _others, _standing, _toldAt) = (null, [], Standing.Alone, now);
    }

    /// <summary>What is being told to others; completed where nothing is.</summary>
    public Task Exchange
    {
        get
        {
            lock (_gate)
                return _exchange ?? Task.CompletedTask;
        }
    }

    public void EndExchange()
    {
        lock (_gate)
            _exchange = null;
    }

    public bool IsIdle(long now)
    {
        lock (_gate)
            return _exchange is null && now - _toldAt > ForgetAfter && _window.Used(now / 1000) == 0;
    }

    public static long ForgetBefore(long now) => now - ForgetAfter;

    private int TakenByOthers(long second, long now)
    {
        var taken = 0;
        foreach (var holder in _others)
            taken += holder.UsedAt(second) + (now - holder.At < AliveFor ? holder.Reserved : 0);
        return taken;
    }

    private bool ShouldTell(int limit, long now) => _standing switch
    {
        Standing.Unknown => true,
        Standing.Alone => now - _toldAt >= TellEvery || _takenSinceTold >= Slice(limit),
        Standing.Shared => now - _toldAt >= TellEvery || (_allowance <= Slice(limit) / 2 && now - _askedAt >= AskAgainAfter) || (_allowance <= Slice(limit) / 2 && _takenSinceTold > 0),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private RateLimitDecision Decide(int limit, long second, int others)
    {
        var (allowed, remaining, reset) = _window.Take(second, Math.Max(0, limit - others));
        return new RateLimitDecision(allowed, limit, remaining, reset);
    }

    private static int Slice(int limit) => limit / SlicesOfLimit;
}
