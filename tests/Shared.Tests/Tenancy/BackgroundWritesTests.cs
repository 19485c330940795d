using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Requests;
using ProspectOps.Tenancy.Usage;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Tenancy;

/// <summary>What is counted and noted behind everybody's back: whole after a flush, and after a crash short of what was not flushed alone.</summary>
public sealed class BackgroundWritesTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");

    private readonly FakeClock _clock = new();
    private readonly InMemoryStorage _storage = new();

    [Fact]
    public async Task Usage_of_two_processes_that_count_and_flush_at_once_is_exact()
    {
        using var one = new UsageMeter(new UsageStore(_storage), _clock);
        using var other = new UsageMeter(new UsageStore(_storage), _clock);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            var meter = number % 2 == 0 ? one : other;
            for (var i = 0; i < 1_000; i++)
            {
                meter.Count(Acme, $"key{number % 3}", "GetWorkflow", new UsageCounts(Requests: 1, CostMicroUsd: 5));
                if (i % 100 == 0)
                    await meter.FlushAsync(default);
            }
        })));
        await Task.WhenAll(one.FlushAsync(default), other.FlushAsync(default));

        Assert.Equal((8_000, 40_000), await SumAsync());
    }

    [Fact]
    public async Task Usage_whose_answer_was_lost_is_added_once()
    {
        var meddled = new MeddledStorage(_storage);
        using var meter = new UsageMeter(new UsageStore(meddled), _clock);
        for (var flush = 0; flush < 2; flush++)
        {
            meter.Count(Acme, null, "job", new UsageCounts(Requests: 7));
            meddled.Once(call => call is { Place: "Usage", Operation: "transact" }, CallFate.IsAskedTwice);
            await meter.FlushAsync(default);
        }

        Assert.Equal(14, (await SumAsync()).Requests);
    }

    [Fact]
    public async Task Crash_loses_what_was_counted_since_the_last_flush_and_no_more()
    {
        using var dying = new UsageMeter(new UsageStore(_storage), _clock);
        dying.Count(Acme, null, "job", new UsageCounts(Requests: 70));
        await dying.FlushAsync(default);
        dying.Count(Acme, null, "job", new UsageCounts(Requests: 30));

        Assert.Equal(70, (await SumAsync()).Requests);
    }

    [Fact]
    public async Task Usage_that_could_not_be_written_is_written_with_the_next()
    {
        var failing = new CrashingStorage(_storage) { DiesAt = 1 };
        using var meter = new UsageMeter(new UsageStore(failing), _clock);
        meter.Count(Acme, null, "job", new UsageCounts(Requests: 70));

        await Assert.ThrowsAsync<ProcessDiedException>(() => meter.FlushAsync(default));
        meter.Count(Acme, null, "job", new UsageCounts(Requests: 1));
        await Assert.ThrowsAsync<ProcessDiedException>(() => meter.FlushAsync(default));

        Assert.Equal(0, (await SumAsync()).Requests);
    }

    [Fact]
    public void A_row_of_the_request_log_at_its_worst_fits_into_a_property()
    {
        var random = new Random(1);
        var requests = Enumerable.Range(0, RequestStore.MostInRow).Select(number => new RequestRecord(
            _clock.Now.AddTicks(random.NextInt64(TimeSpan.TicksPerHour)), Hex(32), $"key_{Hex(16)}", random.NextDouble() < 0.5 ? "DELETE" : "PATCH",
            $"/api/manage/tenants/{{id}}/{number % 100}", random.Next(200, 600), Math.Round(random.NextDouble() * 100_000, 2), random.NextInt64(10_000_000))).ToArray();

        var row = PackedJson.Pack(RequestColumns.Of(requests));

        Assert.InRange(row.Length, 1, 64 * 1024);
        Assert.Equal(requests.Reverse(), PackedJson.Unpack<RequestColumns>(row).NewestFirst());

        string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(16).ToString("x", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Rows_of_the_request_log_in_an_earlier_form_hide_no_others()
    {
        using var log = new RequestLog(new RequestStore(_storage), new ProcessIdentity(), NullLogger<RequestLog>.Instance);
        var request = new RequestRecord(_clock.Now, "r1", "key_1", "GET", "/api/limits", 200, 1, 10);
        await _storage.Table("Requests").UpsertAsync(new TableRow($"{Acme.Value}|{RequestStore.HourOf(_clock.Now)}", "0") { ["Requests"] = PackedJson.Pack(new[] { request }) }, default);

        log.Note(Acme, request);
        await log.FlushAsync(default);

        Assert.Equal([request], await AllAsync(log, new RequestFilter(null, null, null, null, null)));
    }

    [Fact]
    public async Task Many_requests_are_written_before_the_turn_of_the_background_writer()
    {
        using var log = new RequestLog(new RequestStore(_storage), new ProcessIdentity(), NullLogger<RequestLog>.Instance);
        for (var number = 0; number < 10_000; number++)
            log.Note(Acme, new RequestRecord(_clock.Now, $"r{number}", "key_1", "GET", "/api/limits", 200, 1, 10));

        using var patience = new CancellationTokenSource(Patience.Usual);
        while ((await AllAsync(log, new RequestFilter(null, null, null, null, null))).Count < 10_000)
            await Task.Delay(10, patience.Token);
    }

    [Fact]
    public async Task Requests_are_found_newest_first_by_key_status_and_time_page_by_page_and_forgotten_after_30_days()
    {
        using var log = new RequestLog(new RequestStore(_storage), new ProcessIdentity(), NullLogger<RequestLog>.Instance);
        for (var number = 0; number < 1_000; number++)
        {
            log.Note(Acme, new RequestRecord(_clock.Now, $"r{number}", $"key_{number % 2}", "GET", "/api/limits", number % 10 == 0 ? 404 : 200, 1, 10));
            _clock.Pass(TimeSpan.FromSeconds(10));
        }
        await log.FlushAsync(default);

        var all = await AllAsync(log, new RequestFilter(null, null, null, null, null));
        var refused = await AllAsync(log, new RequestFilter("key_0", 400, 499, null, null));
        var hour = await AllAsync(log, new RequestFilter(null, null, null, _clock.Now.AddHours(-1), _clock.Now));

        Assert.Equal(Enumerable.Range(0, 1_000).Reverse().Select(number => $"r{number}"), all.Select(one => one.RequestId));
        Assert.Equal(100, refused.Count);
        Assert.Equal(360, hour.Count);

        var tenants = new TenantStore(_storage);
        await tenants.AddAsync(new Tenant { Id = Acme, Name = "Acme", CreatedAt = _clock.Now }, default);
        _clock.Pass(TimeSpan.FromDays(30) - TimeSpan.FromHours(1));
        await new RequestPurge(new RequestStore(_storage), tenants, _clock).RunAsync(default);
        Assert.InRange((await AllAsync(log, new RequestFilter(null, null, null, null, null))).Count, 360, 720);
        _clock.Pass(TimeSpan.FromDays(1));
        await new RequestPurge(new RequestStore(_storage), tenants, _clock).RunAsync(default);
        Assert.Empty(await AllAsync(log, new RequestFilter(null, null, null, null, null)));
    }

    private static async Task<IReadOnlyList<RequestRecord>> AllAsync(RequestLog log, RequestFilter filter)
    {
        var all = new List<RequestRecord>();
        string? after = "";
        while (after is not null)
        {
            var (page, next) = await log.PageAsync(Acme, filter, after, 47, default);
            all.AddRange(page);
            after = next;
        }
        return all;
    }

    private async Task<(long Requests, long Cost)> SumAsync()
    {
        var day = DateOnly.FromDateTime(_clock.Now.UtcDateTime);
        var sum = default(UsageCounts);
        await foreach (var row in new UsageStore(_storage).RangeAsync(Acme, day, day, default))
            sum += row.Counts;
        return (sum.Requests, sum.CostMicroUsd);
    }
}
