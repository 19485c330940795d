namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>How long to wait after a poll that found nothing: 100 ms, then 200, 300, 500, 900 … ms, its growing part ±20 %, up to the maximum.</summary>
/// <remarks>The jitter keeps listeners of one process from polling in step.</remarks>
internal sealed class PollingPause(TimeSpan shortest, TimeSpan longest, Random random)
{
    private const int MaxDoublings = 20;
    private const double Jitter = 0.2;

    private int _emptyPolls;

    public void Reset() => _emptyPolls = 0;

    public TimeSpan Next()
    {
        var polls = _emptyPolls++;
        if (polls == 0)
            return shortest;
        var factor = 1 + (Jitter * ((random.NextDouble() * 2) - 1));
        var growing = shortest * Math.Pow(2, Math.Min(polls - 1, MaxDoublings)) * factor;
        var pause = shortest + growing;
        return pause < longest ? pause : longest;
    }
}
