namespace ProspectOps.Validation.Forecast;

/// <summary>How many of a list's mails are to be expected back. Pure.</summary>
/// <remarks>
/// The number of bounces is a sum of independent trials whose chances differ (a Poisson binomial), and the chances themselves are known only so well:
/// each class of addresses has one of its own, a beta distribution. Mean and variance follow exactly: for a class of n addresses with mean m and
/// variance v of its chance, n·m and n·(m − m² − v) + n²·v. The interval takes the sum for normal, which Hodges and Le Cam (1960) and the central
/// limit theorem allow for lists that are not tiny, and is cut off at 0 and at the number of addresses.
/// </remarks>
public static class BounceForecast
{
    // Two-sided 95 % of a normal distribution.
    private const double Z = 1.959964;

    public static (double Expected, double Low, double High) Of(IEnumerable<(long Count, BounceRate Rate)> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var (count, mean, variance) = (0L, 0.0, 0.0);
        foreach (var (n, rate) in classes)
        {
            var spread = rate.Variance;
            count += n;
            mean += n * rate.Mean;
            variance += n * (rate.Mean * (1 - rate.Mean) - spread) + (double)n * n * spread;
        }
        var half = Z * Math.Sqrt(variance);
        return (mean, Math.Max(0, mean - half), Math.Min(count, mean + half));
    }

    /// <summary>How many of each class are to be left out so that the expected rate of the rest is at most <paramref name="most"/>: the likeliest to bounce first.</summary>
    /// <returns>In the order of <paramref name="classes"/>.</returns>
    public static long[] ToDrop(IReadOnlyList<(long Count, double Rate)> classes, double most)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var drops = new long[classes.Count];
        var count = classes.Sum(one => one.Count);
        var bounces = classes.Sum(one => one.Count * one.Rate);
        foreach (var index in Enumerable.Range(0, classes.Count).OrderByDescending(index => classes[index].Rate))
        {
            var (n, rate) = classes[index];
            // What is below the limit itself only helps the rest.
            if (bounces <= most * count || rate <= most)
                break;
            // The smallest k with (bounces − k·rate) ≤ most · (count − k).
            var needed = (long)Math.Ceiling((bounces - most * count) / (rate - most) - 1e-9);
            drops[index] = Math.Min(n, needed);
            count -= drops[index];
            bounces -= drops[index] * rate;
        }
        return drops;
    }
}
