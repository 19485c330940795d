namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

/// <summary>A clock that moves when it is told to. Waits of some length never end, or at once.</summary>
internal sealed class StandingTime : TimeProvider
{
    private long _ticks = TimeSpan.TicksPerDay;

    /// <summary>Whether every wait ends at once.</summary>
    public bool IsImpatient { get; init; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public void Skip(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(
        callback, state, dueTime == Timeout.InfiniteTimeSpan || (dueTime > TimeSpan.Zero && !IsImpatient) ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(10), period);
}
