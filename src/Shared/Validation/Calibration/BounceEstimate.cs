namespace ProspectOps.Validation.Calibration;

/// <summary>How likely mail to an address bounces, by its score and by what was seen of others like it. Pure.</summary>
/// <remarks>The curve stands for a list of businesses nobody has written to lately; it is a beginning, not a finding. Each outcome that
/// is reported for the same family of servers and band of scores weighs as much as a twentieth of it: Bayes with a beta prior.</remarks>
public static class BounceEstimate
{
    /// <summary>As many outcomes as the curve is worth.</summary>
    internal const double PriorWeight = 20;

    private static readonly (int Score, double Rate)[] Curve =
        [(0, 0.99), (5, 0.95), (15, 0.60), (20, 0.45), (30, 0.30), (40, 0.20), (50, 0.14), (60, 0.09), (75, 0.06), (85, 0.035), (95, 0.012), (100, 0.008)];

    /// <summary>The part of mail that bounces at this score where nothing was seen yet; never rises with the score.</summary>
    public static double Prior(int score)
    {
        var place = Array.FindIndex(Curve, point => point.Score >= Math.Clamp(score, 0, 100));
        var (upper, rate) = Curve[place];
        if (place == 0 || upper == score)
            return rate;
        var (lower, before) = Curve[place - 1];
        return before + (rate - before) * (score - lower) / (upper - lower);
    }

    /// <param name="reported">Outcomes seen of addresses like it.</param>
    /// <param name="bounced">Those of them that bounced.</param>
    public static double Of(int score, long reported, long bounced) => (Prior(score) * PriorWeight + bounced) / (PriorWeight + reported);
}
