using FsCheck;
using FsCheck.Fluent;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly RetrySchedule Usual = new(RetrySchedule.UsualDelays);

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public void Success_is_delivered_at_any_attempt(int status)
    {
        Assert.IsType<DeliveryDecision.Delivered>(Usual.After(status, null, 1, null, "s"));
        Assert.IsType<DeliveryDecision.Delivered>(Usual.After(status, null, 8, TimeSpan.FromHours(1), "s"));
    }

    [Fact]
    public void Gone_ends_the_delivery_and_the_endpoint()
    {
        var decision = Assert.IsType<DeliveryDecision.Dead>(Usual.After(410, null, 1, null, "s"));

        Assert.True(decision.EndpointIsGone);
        Assert.Equal("answered 410", decision.Cause);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(499)]
    public void Refusal_that_will_not_change_ends_the_delivery_alone(int status)
    {
        var decision = Assert.IsType<DeliveryDecision.Dead>(Usual.After(status, null, 1, null, "s"));

        Assert.False(decision.EndpointIsGone);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(308)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    [InlineData(600)]
    public void Anything_else_is_tried_again_until_the_steps_are_used_up(int? status)
    {
        for (var attempt = 1; attempt <= 7; attempt++)
            Assert.IsType<DeliveryDecision.Retry>(Usual.After(status, null, attempt, null, "s"));
        var last = Assert.IsType<DeliveryDecision.Dead>(Usual.After(status, "no answer", 8, null, "s"));

        Assert.False(last.EndpointIsGone);
        Assert.Equal("no answer, after 8 attempts", last.Cause);
    }

    [Fact]
    public void Delay_lies_within_a_fifth_of_its_step() =>
        Prop.ForAll(Attempts, one =>
        {
            var step = RetrySchedule.UsualDelays[one.Attempt - 1];
            var retry = (DeliveryDecision.Retry)Usual.After(500, null, one.Attempt, null, one.Seed);
            return retry.Delay >= step * 0.8 && retry.Delay <= step * 1.2;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Delay_is_the_same_for_the_same_delivery_and_spread_over_others()
    {
        var delays = Enumerable.Range(0, 200).Select(number => ((DeliveryDecision.Retry)Usual.After(500, null, 1, null, $"b{number}")).Delay).ToArray();
        var again = ((DeliveryDecision.Retry)Usual.After(500, null, 1, null, "b7")).Delay;

        Assert.Equal(delays[7], again);
        Assert.True(delays.Distinct().Count() > 190);
        Assert.InRange(delays.Average(delay => delay.TotalSeconds), 4.8, 5.2);
    }

    [Fact]
    public void Retry_after_is_obeyed_from_the_delay_to_twice_the_step() =>
        Prop.ForAll(Attempts, one =>
        {
            var step = RetrySchedule.UsualDelays[one.Attempt - 1];
            var usual = ((DeliveryDecision.Retry)Usual.After(429, null, one.Attempt, null, one.Seed)).Delay;
            var asked = ((DeliveryDecision.Retry)Usual.After(429, null, one.Attempt, one.RetryAfter, one.Seed)).Delay;
            return asked >= usual && asked <= step * 2 && (one.RetryAfter < usual || one.RetryAfter > step * 2 || asked == one.RetryAfter);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Attempts_are_counted_from_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Usual.After(200, null, 0, null, "s"));

    [Fact]
    public void Without_steps_the_first_failure_is_the_last() =>
        Assert.IsType<DeliveryDecision.Dead>(new RetrySchedule([]).After(500, null, 1, null, "s"));

    private static Arbitrary<(int Attempt, string Seed, TimeSpan RetryAfter)> Attempts => (
        from attempt in Gen.Choose(1, 7)
        from seed in Gen.Choose(0, int.MaxValue)
        from seconds in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 100_000), Gen.Elements(int.MinValue, -1, int.MaxValue))
        select (attempt, $"batch{seed}", TimeSpan.FromSeconds(seconds))).ToArbitrary();
}
