using System.Diagnostics;

namespace ProspectOps.EndToEnd.Tests.Clay;

/// <summary>The rate of a Clay workspace: a bucket of 20 that fills with 10 a second.</summary>
public sealed class ClayWorkspace
{
    private const double RatePerSecond = 10;
    private const double Burst = 20;

    private readonly Lock _gate = new();
    private double _tokens = Burst;
    private long _at = Stopwatch.GetTimestamp();

    /// <summary>Requests that came too fast.</summary>
    public int Refused { get; private set; }

    public bool TryTake()
    {
        lock (_gate)
        {
            _tokens = Math.Min(Burst, _tokens + Stopwatch.GetElapsedTime(_at).TotalSeconds * RatePerSecond);
            _at = Stopwatch.GetTimestamp();
            if (_tokens < 1)
            {
                Refused++;
                return false;
            }
            _tokens--;
            return true;
        }
    }
}
