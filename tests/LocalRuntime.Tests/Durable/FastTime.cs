namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>A clock that runs faster than others, so that waits of seconds take milliseconds; at factor 0 it stands still.</summary>
/// <param name="factor">How much faster.</param>
/// <param name="began">What it showed first; the true time where nothing is given.</param>
internal sealed class FastTime(double factor, DateTimeOffset? began = null) : TimeProvider
{
    private readonly DateTimeOffset _began = began ?? DateTimeOffset.UtcNow;
    private readonly long _beganAt = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _began + System.GetElapsedTime(_beganAt) * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), Real);

    private TimeSpan Real(TimeSpan wait) => wait == Timeout.InfiniteTimeSpan || factor == 0 ? Timeout.InfiniteTimeSpan : wait / factor;

    private sealed class FastTimer(ITimer inner, Func<TimeSpan, TimeSpan> real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(real(dueTime), real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
