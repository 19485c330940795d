using ProspectOps.Functions.Platform;

namespace ProspectOps.Functions.Tests;

/// <summary>Requests are counted on every request's way: what that costs, and what comes of it.</summary>
public sealed class RouteTrafficTests
{
    private readonly RouteTraffic _route = new("/api/things/{id}");

    [Fact]
    public void Counting_makes_nothing_once_the_method_was_seen()
    {
        _route.Count("GET", 200, TimeSpan.FromMilliseconds(3));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var request = 0; request < 1000; request++)
            _route.Count("GET", 404, TimeSpan.FromMilliseconds(request));

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Words_that_are_no_method_of_ours_are_one()
    {
        for (var word = 0; word < 100; word++)
            _route.Count($"BREW{word}", 405, TimeSpan.Zero);

        var (method, traffic) = Assert.Single(_route.Seen);
        Assert.Equal(("other", 4, 100L), (method, traffic.Statuses.Single().Hundreds, traffic.Statuses.Single().Count));
    }

    [Fact]
    public void Nothing_is_lost_where_many_count_at_once()
    {
        Parallel.For(0, 10_000, request => _route.Count(request % 2 == 0 ? "GET" : "POST", 200 + (request % 5 * 100), TimeSpan.FromMilliseconds(request)));

        Assert.Equal(["GET", "POST"], _route.Seen.Select(one => one.Method));
        Assert.Equal(10_000, _route.Seen.Sum(one => one.Traffic.Statuses.Sum(status => status.Count)));
        Assert.Equal(10_000, _route.Seen.Sum(one => one.Traffic.Durations.Last().Count));
    }

    [Fact]
    public void Bucket_holds_its_upper_bound_and_all_below()
    {
        foreach (var milliseconds in new[] { 0, 5, 6, 10_000, 10_001 })
            _route.Count("GET", 200, TimeSpan.FromMilliseconds(milliseconds));

        var durations = _route.Seen.Single().Traffic.Durations.ToDictionary(one => one.UpTo, one => one.Count);
        Assert.Equal((2L, 3L, 4L, 5L), (durations[0.005], durations[0.01], durations[10], durations[double.PositiveInfinity]));
        Assert.Equal(20.012, _route.Seen.Single().Traffic.TotalSeconds, 3);
    }
}
