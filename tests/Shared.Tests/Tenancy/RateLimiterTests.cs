using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Limits;

namespace ProspectOps.Tests.Tenancy;

public sealed class RateLimiterTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly InMemoryStorage _storage = new();
    private readonly List<TenancyProcess> _processes = [];

    [Theory]
    [InlineData(5)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Process_that_is_alone_is_exact_in_one_burst(int limit)
    {
        var process = Process();

        var decisions = await Task.WhenAll(Enumerable.Range(0, limit + 50).Select(_ => Task.Run(async () => await process.Limiter.TakeAsync(Key("k", limit)))));

        Assert.Equal(limit, decisions.Count(decision => decision.Allowed));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Burst_in_several_processes_goes_beyond_the_limit_by_a_slice_each_at_most(int count)
    {
        var processes = Enumerable.Range(0, count).Select(_ => Process()).ToArray();

        var decisions = await Task.WhenAll(Enumerable.Range(0, 200 * count).Select(number => Task.Run(async () => await processes[number % count].Limiter.TakeAsync(Key("k", 100)))));

        // Fewer where a slice is gone before the next has come: the burst is over by then.
        Assert.InRange(decisions.Count(decision => decision.Allowed), 10 * count, 100 + (10 * count));
    }

    [Fact]
    public async Task Two_processes_under_steady_load_stay_within_a_tenth_of_the_limit()
    {
        const int Limit = 600;
        var processes = new[] { Process(), Process() };
        var allowed = new List<(DateTimeOffset At, bool Allowed)>();

        // Twice the limit, evenly, for five minutes.
        for (var step = 0; step < 5 * 60 * 10; step++)
        {
            foreach (var process in processes)
                allowed.Add((_clock.Now, (await process.Limiter.TakeAsync(Key("k", Limit))).Allowed));
            _clock.Pass(TimeSpan.FromMilliseconds(100));
            // The store takes up to a second to answer.
            if (step % 10 == 0)
                await Task.WhenAll(processes.Select(process => process.Limiter.SettledAsync()));
        }

        var passed = allowed.Where(one => one.Allowed).Select(one => one.At).ToArray();
        for (var from = passed[0].AddMinutes(1); from < passed[^1].AddMinutes(-1); from = from.AddSeconds(10))
        {
            var inMinute = passed.Count(at => at >= from && at < from.AddMinutes(1));
            Assert.InRange(inMinute, Limit * 0.9, Limit * 1.1);
        }
    }

    [Fact]
    public async Task Process_that_is_left_alone_has_the_whole_limit_again()
    {
        var (stays, goes) = (Process(), Process());
        for (var number = 0; number < 5; number++)
        {
            await stays.Limiter.TakeAsync(Key("k", 100));
            await goes.Limiter.TakeAsync(Key("k", 100));
        }

        // What is under way must not straddle the minutes that pass now.
        await Task.WhenAll(stays.Limiter.SettledAsync(), goes.Limiter.SettledAsync());
        _clock.Pass(TimeSpan.FromMinutes(3));
        var decisions = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => Task.Run(async () => await stays.Limiter.TakeAsync(Key("k", 100)))));

        Assert.Equal(100, decisions.Count(decision => decision.Allowed));
    }

    [Fact]
    public async Task Flood_of_one_key_takes_nothing_from_another_and_costs_the_store_next_to_nothing()
    {
        var counting = new CrashingStorage(_storage);
        var process = Process(counting);

        for (var number = 0; number < 20_000; number++)
            await process.Limiter.TakeAsync(Key("flood", 100));
        var other = await process.Limiter.TakeAsync(Key("other", 100));

        Assert.Equal((true, 99), (other.Allowed, other.Remaining));
        Assert.InRange(counting.Calls, 1, 40);
    }

    [Fact]
    public async Task Store_that_is_away_does_not_take_the_api_with_it()
    {
        var process = Process(new CrashingStorage(_storage) { DiesAt = 1 });

        var decisions = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => Task.Run(async () => await process.Limiter.TakeAsync(Key("k", 100)))));

        Assert.Equal(100, decisions.Count(decision => decision.Allowed));
    }

    public void Dispose() => _processes.ForEach(process => process.Dispose());

    private static KeyRecord Key(string keyId, int limit) => new()
    {
        KeyId = keyId,
        Tenant = TenantId.Default,
        Name = "some",
        Scopes = ["*"],
        Hash = [],
        CreatedAt = default,
        RateLimitPerMinute = limit,
    };

    private TenancyProcess Process(IStorage? through = null)
    {
        var process = new TenancyProcess(through ?? _storage, _clock);
        _processes.Add(process);
        return process;
    }
}
