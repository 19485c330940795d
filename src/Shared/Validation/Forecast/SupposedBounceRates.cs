using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Forecast;

/// <summary>Rates where no outcome is known: what lists of businesses that nobody has written to lately tend to have. A beginning, not a finding.</summary>
public sealed class SupposedBounceRates : IBounceRates
{
    private const double Weight = 20;

    private static readonly (int Score, double Rate)[] Curve = [(0, 0.99), (5, 0.95), (15, 0.60), (30, 0.30), (40, 0.20), (50, 0.14), (60, 0.09), (75, 0.06), (85, 0.035), (95, 0.012), (100, 0.008)];

    public string FamilyOf(IReadOnlyList<string> mxHosts) => "";

    public ValueTask<BounceRate> OfAsync(TenantId tenant, Verdict verdict, int score, string family, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new BounceRate(At(score), Weight, 0));

    /// <summary>Between the points in a straight line; never rises with the score.</summary>
    internal static double At(int score)
    {
        var place = Array.FindIndex(Curve, point => point.Score >= Math.Clamp(score, 0, 100));
        var (upper, rate) = Curve[place];
        if (place == 0 || upper == score)
            return rate;
        var (lower, before) = Curve[place - 1];
        return before + (rate - before) * (score - lower) / (upper - lower);
    }
}
