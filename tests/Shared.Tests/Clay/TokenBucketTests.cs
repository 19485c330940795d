using ProspectOps.Clay;

namespace ProspectOps.Tests.Clay;

public sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Whoever takes as much as it can, as fast as it can, stays under what Clay allows: 20 and 10 a second.</summary>
    [Fact]
    public void Nobody_gets_more_than_the_burst_and_the_rate()
    {
        var bucket = new TokenBucket(15, Start);
        var random = new Random(1);
        long taken = 0;
        for (var now = Start; now < Start.AddMinutes(5); now += TimeSpan.FromMilliseconds(random.Next(1, 400)))
        {
            (bucket, var some, var wait) = bucket.Take(random.Next(1, 11), 5, 10, 15, now);
            taken += some;
            Assert.InRange(taken, 0, 15 + (now - Start).TotalSeconds * 10);
            Assert.Equal(some == 0, wait > TimeSpan.Zero);
        }
        // And is not kept from what it may.
        Assert.InRange(taken, 2_500, 3_015);
    }

    [Fact]
    public void Wait_is_as_long_as_it_takes_to_get_some()
    {
        var (left, taken, wait) = new TokenBucket(0, Start).Take(10, 5, 10, 15, Start);
        Assert.Equal((0, TimeSpan.FromSeconds(0.5)), (taken, wait));

        Assert.Equal(5, left.Take(10, 5, 10, 15, Start + wait).Taken);
    }

    [Fact]
    public void Last_row_is_not_kept_waiting_for_others() => Assert.Equal(1, new TokenBucket(1, Start).Take(1, 5, 10, 15, Start).Taken);

    [Fact]
    public void Clock_of_another_process_that_is_ahead_gives_nothing_away()
    {
        var (_, taken, wait) = new TokenBucket(0, Start.AddSeconds(30)).Take(10, 5, 10, 15, Start);

        Assert.Equal((0, TimeSpan.FromSeconds(30.5)), (taken, wait));
    }
}
