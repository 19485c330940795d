namespace ProspectOps.Prospects.Scoring;

/// <summary>From how many points a score is in which tier; whoever analyses, rules or model, uses these.</summary>
public static class TierThresholds
{
    public const int A = 80;
    public const int B = 60;
    public const int C = 40;

    public static Tier TierOf(int score) => score switch
    {
        >= A => Tier.A,
        >= B => Tier.B,
        >= C => Tier.C,
        _ => Tier.D,
    };
}
