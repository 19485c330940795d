using ProspectOps.Tenancy.Limits;

namespace ProspectOps.Tests.Tenancy;

public sealed class SlidingWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1234)]
    public void Never_more_than_the_limit_in_any_minute(int seed)
    {
        const int Limit = 20;
        var random = new Random(seed);
        var window = new SlidingWindow();
        var allowedAt = new List<long>();

        long second = 0;
        for (var i = 0; i < 5_000; i++)
        {
            second += random.Next(4);
            if (window.Take(second, Limit).Allowed)
                allowedAt.Add(second);
        }

        for (var i = Limit; i < allowedAt.Count; i++)
            Assert.True(allowedAt[i] - allowedAt[i - Limit] >= 60);
    }

    [Fact]
    public void What_was_used_comes_back_after_a_minute()
    {
        var window = new SlidingWindow();

        Assert.True(window.Take(100, 1).Allowed);
        var refused = window.Take(101, 1);
        var later = window.Take(100 + refused.ResetSeconds + 1, 1);

        Assert.False(refused.Allowed);
        Assert.Equal(0, refused.Remaining);
        Assert.True(later.Allowed);
    }

    [Fact]
    public void Long_silence_is_forgotten_at_once()
    {
        var window = new SlidingWindow();

        Assert.True(window.Take(1, 1).Allowed);
        Assert.True(window.Take(10_000_000, 1).Allowed);
    }
}
