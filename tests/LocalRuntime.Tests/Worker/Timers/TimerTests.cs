using System.Diagnostics;
using System.Runtime.CompilerServices;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ProspectOps.LocalRuntime.Tests.Durable;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.LocalRuntime.Worker.Timers;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

[Collection(WorkerStorage.Name)]
public sealed class TimerTests(AzuriteFixture azurite)
{
    private const string EverySecond = "* * * * * *";
    private const string Hourly = "0 0 * * * *";

    // Far from the end of an hour and of five minutes: what comes with them comes in no test.
    private readonly FastTime _clock = new(1, new DateTimeOffset(2026, 3, 10, 12, 31, 0, TimeSpan.Zero));
    private readonly string _hostId = $"h{Guid.NewGuid():N}";
    private readonly TimerFunctions.Runs _runs = new();

    private BlobContainerClient Container => new(azurite.ConnectionString, "azure-webjobs-hosts");

    [Theory]
    [InlineData("0 */5 * * * *")]
    [InlineData("*/5 * * * *")]
    [InlineData("01:30:00")]
    public async Task S25_Six_fields_five_fields_and_a_time_span_are_schedules(string schedule)
    {
        await using var host = await StartAsync(schedule);

        Assert.Empty(_runs.All);
    }

    [Theory]
    [InlineData("every day")]
    [InlineData("0 0 0 0 0")]
    [InlineData("61 * * * * *")]
    public async Task S25_A_bad_schedule_stops_the_start(string schedule)
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => StartAsync(schedule));

        Assert.Contains(schedule, Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S26_Missed_occurrences_are_made_up_for_by_one_run()
    {
        var last = ThisHour().AddHours(-4);
        await StoreAsync(new ScheduleStatus { Last = last, Next = last.AddHours(1), LastUpdated = last });

        await using var host = await StartAsync(Hourly);

        await UntilAsync(host, () => !_runs.All.IsEmpty);
        await Task.Delay(1_000);
        var run = Assert.Single(_runs.All);
        Assert.True(run.IsPastDue);
        Assert.Equal(last, run.ScheduleStatus?.Last);
        Assert.Equal(ThisHour().AddHours(1), (await StoredAsync())!.Next);
    }

    [Fact]
    public async Task S27_An_edited_schedule_makes_up_for_nothing()
    {
        var last = ThisHour().AddDays(-2);
        await StoreAsync(new ScheduleStatus { Last = last, Next = last.AddDays(1), LastUpdated = last });

        await using var host = await StartAsync(Hourly);

        await UntilAsync(host, async () => (await StoredAsync())?.Next == ThisHour().AddHours(1));
        Assert.Empty(_runs.All);
    }

    [Fact]
    public async Task S28_A_timer_that_threw_runs_again_when_due()
    {
        _runs.FailuresLeft = 1;

        await using var host = await StartAsync(EverySecond);

        await UntilAsync(host, () => _runs.All.Count >= 2);
        Assert.Single(host.Log.Errors);
    }

    [Fact]
    public async Task S28_The_status_moves_on_after_a_failed_run()
    {
        _runs.FailuresLeft = 1;
        var last = ThisHour().AddHours(-2);
        await StoreAsync(new ScheduleStatus { Last = last, Next = last.AddHours(1), LastUpdated = last });

        await using var host = await StartAsync(Hourly);

        await UntilAsync(host, async () => (await StoredAsync())!.Last > last);
        Assert.Single(_runs.All);
    }

    [Fact]
    public async Task S29_A_schedule_within_the_minute_has_no_status()
    {
        await using var host = await StartAsync("*/10 * * * * *");

        await UntilAsync(host, () => !_runs.All.IsEmpty);
        Assert.Null(_runs.All.First().ScheduleStatus);
    }

    [Fact]
    public async Task S30_Of_two_hosts_one_runs_and_the_other_takes_over_when_it_stops()
    {
        var other = new TimerFunctions.Runs();
        var first = await StartAsync(EverySecond);
        await UntilAsync(first, () => !_runs.All.IsEmpty);
        await using var second = await StartAsync(EverySecond, other);
        await Task.Delay(2_500);
        Assert.Empty(other.All);

        await first.DisposeAsync();

        await UntilAsync(second, () => !other.All.IsEmpty);
    }

    [Fact]
    public async Task S30_A_holder_that_died_is_followed_when_its_lease_lapses()
    {
        var term = TimeSpan.FromSeconds(15);
        var blob = Container.GetBlobClient($"locks/{_hostId}/Timers.Listener");
        await Container.CreateIfNotExistsAsync();
        await blob.UploadAsync(BinaryData.Empty);
        var begins = Stopwatch.GetTimestamp();
        await blob.GetBlobLeaseClient().AcquireAsync(term);

        await using var host = await StartAsync(EverySecond);

        await UntilAsync(host, () => !_runs.All.IsEmpty);
        // The emulator counts whole seconds.
        Assert.True(Stopwatch.GetElapsedTime(begins, _runs.FirstAt!.Value) >= term - TimeSpan.FromSeconds(1), "It began while the lease was another's.");
    }

    [Fact]
    public async Task S30_A_lease_that_is_answered_late_is_renewed_before_it_lapses()
    {
        var clock = new StandingTime();
        var renewed = new TaskCompletionSource();
        using var connection = new ObservedConnection(action =>
        {
            if (action == "acquire")
                clock.Skip(TimeSpan.FromSeconds(13));
            else if (action == "renew")
                renewed.TrySetResult();
        });
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(connection, disposeHandler: false)) };
        var lease = new TimerLease(new BlobContainerClient(azurite.ConnectionString, "azure-webjobs-hosts", options), _hostId, clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();

        var holding = lease.HoldAsync(held => Task.Delay(Timeout.Infinite, held), stop.Token);

        await renewed.Task.WaitAsync(Patience.Usual);
        await stop.CancelAsync();
        await holding;
    }

    [Fact]
    public async Task S30_A_lease_that_fails_in_an_odd_way_is_asked_for_again()
    {
        var clock = new StandingTime { IsImpatient = true };
        using var storage = new OddStorage(azurite.ConnectionString, request => request.RequestUri!.Query.Contains("comp=lease", StringComparison.Ordinal));
        var lease = new TimerLease(storage.Blobs().GetBlobContainerClient("azure-webjobs-hosts"), _hostId, clock, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var isHeld = new TaskCompletionSource();

        var holding = lease.HoldAsync(
            held =>
            {
                isHeld.TrySetResult();
                return Task.Delay(Timeout.Infinite, held);
            },
            stop.Token);

        await isHeld.Task.WaitAsync(Patience.Usual);
        await stop.CancelAsync();
        await holding;
    }

    [Fact]
    public async Task A_retry_attribute_repeats_a_failed_run()
    {
        _runs.FailuresLeft = 5;

        await using var host = await StartAsync(Hourly, function: typeof(TimerFunctions.Retried));

        await UntilAsync(host, () => _runs.All.Count == 3);
        await Task.Delay(300);
        Assert.Equal(3, _runs.All.Count);
    }

    private DateTime ThisHour()
    {
        var now = _clock.GetUtcNow();
        return new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc);
    }

    private Task<WorkerHost> StartAsync(string schedule, TimerFunctions.Runs? runs = null, Type? function = null) => WorkerHost.StartAsync(
        [function ?? typeof(TimerFunctions.Scheduled)],
        builder => builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton(runs ?? _runs),
        settings: [$"AzureWebJobsStorage={azurite.ConnectionString}", $"Schedule={schedule}", $"AzureFunctionsWebHost:hostid={_hostId}"]);

    private static Task UntilAsync(WorkerHost host, Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.TrueAsync(condition, () => host.Log.Tail(), what);

    private static Task UntilAsync(WorkerHost host, Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.TrueAsync(condition, () => host.Log.Tail(), what);

    private async Task StoreAsync(ScheduleStatus status)
    {
        await Container.CreateIfNotExistsAsync();
        await new ScheduleMonitor(Container, _hostId, "Scheduled").WriteAsync(status, CancellationToken.None);
    }

    private Task<ScheduleStatus?> StoredAsync() => new ScheduleMonitor(Container, _hostId, "Scheduled").ReadAsync(CancellationToken.None);

    private sealed class ObservedConnection(Action<string> onLease) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode && request.Headers.TryGetValues("x-ms-lease-action", out var actions))
                onLease(actions.Single());
            return response;
        }
    }
}
