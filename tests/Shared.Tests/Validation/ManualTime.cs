using System.Collections.Concurrent;

namespace ProspectOps.Tests.Validation;

/// <summary>A clock that a test moves; its timers are real, so that a timeout still happens, and can be made to lapse at once.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly ConcurrentDictionary<LapsingTimer, Action> _timers = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan time) => _now += time;

    /// <summary>What is waited for has taken too long.</summary>
    public void Lapse()
    {
        foreach (var lapses in _timers.Values)
            lapses();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LapsingTimer(this, base.CreateTimer(callback, state, dueTime, period));
        _timers[timer] = () => callback(state);
        return timer;
    }

    private sealed class LapsingTimer(ManualTime time, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            time._timers.TryRemove(this, out _);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
