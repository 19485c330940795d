using ProspectOps.Validation.Forecast;

namespace ProspectOps.Tests.Validation.Forecast;

public sealed class BounceForecastTests
{
    [Fact]
    public void Interval_holds_what_lists_like_it_come_to_nineteen_times_of_twenty()
    {
        (long Count, BounceRate Rate)[] classes = [(400, new(0.05, 200, 180)), (300, new(0.2, 60, 40)), (100, new(0.6, 20, 0))];
        var (expected, low, high) = BounceForecast.Of(classes);
        var random = new Random(20_260);

        var sums = Enumerable.Range(0, 4_000).Select(_ => classes.Sum(one => Bounces(random, one.Count, Beta(random, one.Rate)))).ToArray();

        Assert.InRange(sums.Average(), expected - 1.5, expected + 1.5);
        Assert.InRange(sums.Count(sum => sum >= low && sum <= high) / 4_000.0, 0.93, 0.97);
    }

    [Fact]
    public void Interval_stays_within_the_list()
    {
        var (expected, low, high) = BounceForecast.Of([(3, new BounceRate(0.95, 20, 0))]);

        Assert.Equal(2.85, expected, 6);
        Assert.InRange(low, 0, 2.85);
        Assert.Equal(3, high, 6);
        Assert.Equal((0, 0, 0), BounceForecast.Of([]));
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    [InlineData(0)]
    [InlineData(1)]
    public void Dropped_rows_are_the_fewest_that_bring_the_rest_under_the_rate(double most)
    {
        (long Count, double Rate)[] classes = [(100, 0.01), (50, 0.09), (20, 0.3), (5, 0.95), (30, 0.02)];

        var drops = BounceForecast.ToDrop(classes, most);

        Assert.True(Rest(drops, 0) <= most * Left(drops, 0) + 1e-9);
        if (drops.Sum() > 0)
            Assert.True(Rest(drops, 1) > most * Left(drops, 1) - 1e-9, "One row less would have done.");

        double Rest(long[] dropped, int putBack) => classes.Zip(dropped).Sum(pair => (pair.First.Count - pair.Second) * pair.First.Rate) + (putBack == 0 ? 0 : LeastDropped(dropped));
        double Left(long[] dropped, int putBack) => classes.Zip(dropped).Sum(pair => pair.First.Count - pair.Second) + putBack;
        double LeastDropped(long[] dropped) => classes.Zip(dropped).Where(pair => pair.Second > 0).Min(pair => pair.First.Rate);
    }

    private static long Bounces(Random random, long count, double rate) => Enumerable.Range(0, (int)count).Count(_ => random.NextDouble() < rate);

    private static double Beta(Random random, BounceRate rate)
    {
        var (a, b) = (Gamma(random, rate.Mean * rate.Weight), Gamma(random, (1 - rate.Mean) * rate.Weight));
        return a / (a + b);
    }

    /// <summary>Marsaglia and Tsang (2000), for a shape of at least 1.</summary>
    private static double Gamma(Random random, double shape)
    {
        var (d, c) = (shape - 1.0 / 3, 1 / Math.Sqrt(9 * (shape - 1.0 / 3)));
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var v = Math.Pow(1 + c * x, 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
