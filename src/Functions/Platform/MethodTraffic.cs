namespace ProspectOps.Functions.Platform;

/// <summary>Requests of one function and method: how they were answered, and how long that took.</summary>
public sealed class MethodTraffic
{
    // Those of Prometheus' own clients.
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly long[] Ticks = [.. Seconds.Select(seconds => TimeSpan.FromSeconds(seconds).Ticks)];

    private readonly long[] _statuses = new long[5];
    private readonly long[] _buckets = new long[Ticks.Length + 1];
    private long _ticks;

    /// <summary>Kinds of answers that came: <c>2xx</c>, and how many.</summary>
    public IEnumerable<(int Hundreds, long Count)> Statuses =>
        _statuses.Index().Select(one => (one.Index + 1, Volatile.Read(ref _statuses[one.Index]))).Where(one => one.Item2 > 0);

    /// <summary>How many took up to so many seconds; the last holds all.</summary>
    public IEnumerable<(double UpTo, long Count)> Durations
    {
        get
        {
            var sum = 0L;
            for (var bucket = 0; bucket <= Seconds.Length; bucket++)
            {
                sum += Volatile.Read(ref _buckets[bucket]);
                yield return (bucket < Seconds.Length ? Seconds[bucket] : double.PositiveInfinity, sum);
            }
        }
    }

    public double TotalSeconds => TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds;

    public void Count(int status, TimeSpan took)
    {
        Interlocked.Increment(ref _statuses[Math.Clamp(status / 100, 1, 5) - 1]);
        var bucket = 0;
        while (bucket < Ticks.Length && took.Ticks > Ticks[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _ticks, took.Ticks);
    }
}
