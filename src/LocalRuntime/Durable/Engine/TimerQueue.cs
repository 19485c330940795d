namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Durable timers in memory: one clock for all of them.</summary>
internal sealed class TimerQueue : IDisposable
{
    /// <summary>The timer that starts a scheduled instance.</summary>
    public const int StartId = -1;

    // Clocks of the platform cannot be set further ahead than 49 days.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<Entry> _entries = new(Comparer<Entry>.Create(static (a, b) =>
        a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Sequence.CompareTo(b.Sequence)));
    private readonly Dictionary<LiveInstance, Dictionary<int, Entry>> _byInstance = [];
    private readonly TimeProvider _time;
    private readonly Action<LiveInstance, int, int> _onDue;
    private readonly ITimer _clock;
    private long _sequence;

    /// <param name="time">Whose time it is.</param>
    /// <param name="onDue">Takes instance, execution and timer id. Called at the due time or later, never before.</param>
    public TimerQueue(TimeProvider time, Action<LiveInstance, int, int> onDue)
    {
        _time = time;
        _onDue = onDue;
        _clock = time.CreateTimer(static state => ((TimerQueue)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(LiveInstance instance, int ordinal, int id, DateTime dueUtc)
    {
        lock (_gate)
        {
            var entry = new Entry(dueUtc, ++_sequence, instance, ordinal, id);
            if (!_byInstance.TryGetValue(instance, out var own))
                _byInstance[instance] = own = [];
            if (!own.TryAdd(id, entry))
                return;
            _entries.Add(entry);
            if (_entries.Min == entry)
                SetClock();
        }
    }

    public void Remove(LiveInstance instance, int id)
    {
        lock (_gate)
        {
            if (Take(instance, id) is { } entry)
                _entries.Remove(entry);
        }
    }

    /// <summary>Forgets all timers of an instance. On any thread: what the instance has open is its episode's matter.</summary>
    public void RemoveAll(LiveInstance instance)
    {
        lock (_gate)
        {
            if (_byInstance.Remove(instance, out var own))
                _entries.ExceptWith(own.Values);
        }
    }

    public void Dispose() => _clock.Dispose();

    private void Ring()
    {
        List<Entry> due = [];
        lock (_gate)
        {
            var now = _time.GetUtcNow().UtcDateTime;
            while (_entries.Min is { } first && first.Due <= now)
            {
                _entries.Remove(first);
                Take(first.Instance, first.Id);
                due.Add(first);
            }
            SetClock();
        }
        foreach (var entry in due)
            _onDue(entry.Instance, entry.Ordinal, entry.Id);
    }

    private Entry? Take(LiveInstance instance, int id)
    {
        if (!_byInstance.TryGetValue(instance, out var own) || !own.Remove(id, out var entry))
            return null;
        if (own.Count == 0)
            _byInstance.Remove(instance);
        return entry;
    }

    private void SetClock()
    {
        if (_entries.Min is not { } first)
            return;
        var wait = first.Due - _time.GetUtcNow().UtcDateTime;
        _clock.Change(wait < ShortestSleep ? ShortestSleep : wait > LongestSleep ? LongestSleep : wait, Timeout.InfiniteTimeSpan);
    }

    private sealed record Entry(DateTime Due, long Sequence, LiveInstance Instance, int Ordinal, int Id);
}
