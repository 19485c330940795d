namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>How long to wait after a poll that found nothing: 100 ms, then 200, 300, 500, 900 … ms, its growing part ±20 %, up to the maximum.</summary>
/// <remarks>The jitter keeps listeners of one process from polling in step.</remarks>
internal sealed class PollingPause(TimeSpan longest, Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private const int MaxDoublings = 20;
    private const double Jitter = 0.2;

    private int _emptyPolls;

    public void Reset() => _emptyPolls = 0;

    public TimeSpan Next()
    {
        var polls = _emptyPolls++;
        if (polls == 0)
            return Shortest;
        var factor = 1 + (Jitter * ((random.NextDouble() * 2) - 1));
        var growing = Shortest * Math.Pow(2, Math.Min(polls - 1, MaxDoublings)) * factor;
        var pause = Shortest + growing;
        return pause < longest ? pause : longest;
    }
}
