namespace ProspectOps.Validation.Forecast;

/// <summary>A rate and how much it rests on: a beta distribution by its mean and weight.</summary>
/// <param name="Mean">0 to 1.</param>
/// <param name="Weight">As many outcomes as it is worth, what was supposed before any was seen included.</param>
/// <param name="Reported">Outcomes that were reported of addresses like it.</param>
public readonly record struct BounceRate(double Mean, double Weight, long Reported)
{
    /// <summary>Of the rate itself.</summary>
    public double Variance => Mean * (1 - Mean) / (Weight + 1);
}
