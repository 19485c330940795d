using ProspectOps.Validation.Calibration;

namespace ProspectOps.Validation.Forecast;

/// <summary>Addresses that are held equally likely to bounce.</summary>
internal sealed class ForecastClass(Verdict verdict, int score, MxFamily family, BounceRate rate)
{
    public Verdict Verdict { get; } = verdict;

    public int Score { get; } = score;

    public MxFamily Family { get; } = family;

    public BounceRate Rate { get; } = rate;

    public long Rows { get; set; }

    public long Drops { get; set; }
}
