using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Tests.Validation.Jobs;
using ProspectOps.Validation.Jobs;
using ProspectOps.Validation.Schedules;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Validation.Schedules;

public sealed class ScheduleRunnerTests : IAsyncDisposable
{
    private readonly JobsWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Schedule_runs_when_its_time_has_come_and_its_result_stands_in_the_history()
    {
        var schedule = await AddAsync();

        Assert.Equal(0, await RunDueAsync());
        _world.Clock.Pass(schedule.NextRunAt - _world.Clock.Now);
        Assert.Equal(1, await RunDueAsync());
        Assert.Equal(0, await RunDueAsync());
        await _world.DrainAsync();

        var run = Assert.Single(await RunsAsync(schedule));
        Assert.Equal((RunStatus.Completed, schedule.NextRunAt, 2L), (run.Status, run.ScheduledFor, run.Total));
        Assert.Equal(2, run.ByVerdict!["deliverable"]);
        Assert.Equal(schedule.NextRunAt.AddDays(1), (await ReadAsync(schedule)).NextRunAt);
    }

    [Fact]
    public async Task What_was_missed_runs_once()
    {
        var schedule = await AddAsync();

        _world.Clock.Pass(TimeSpan.FromDays(10));
        Assert.Equal(1, await RunDueAsync());
        Assert.Equal(0, await RunDueAsync());

        Assert.Single(await RunsAsync(schedule));
        Assert.InRange((await ReadAsync(schedule)).NextRunAt - _world.Clock.Now, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Run_whose_file_is_gone_has_failed_and_keeps_no_other_from_its_time()
    {
        var broken = await AddAsync();
        await _world.Storage.Blobs("uploads").DeleteAsync($"{JobsWorld.Tenant.Value}/{broken.UploadId}", default);
        _world.Clock.Pass(TimeSpan.FromDays(1));

        Assert.Equal(1, await RunDueAsync());

        var run = Assert.Single(await RunsAsync(broken));
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.True((await ReadAsync(broken)).NextRunAt > _world.Clock.Now);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_is_one_job_wherever_its_process_dies(bool callArrives)
    {
        for (var diesAt = 1; diesAt <= 14; diesAt++)
        {
            await using var world = new JobsWorld();
            await world.StartAsync();
            var schedule = await AddAsync(world);
            world.Clock.Pass(TimeSpan.FromDays(1));
            await world.StartAsync(new CrashingStorage(world.Storage) { DiesAt = diesAt, CallArrives = callArrives });
            try
            {
                await world.Process.Get<ScheduleRunner>().RunDueAsync(default);
            }
            catch (ProcessDiedException)
            {
                // As meant.
            }

            await world.StartAsync();
            await world.Process.Get<ScheduleRunner>().RunDueAsync(default);
            await world.Process.Get<JobSweeper>().SweepAsync(othersAreDead: true, default);
            await world.DrainAsync();

            var (runs, _) = await world.Process.Get<ScheduleService>().RunsAsync(JobsWorld.Tenant, schedule.ScheduleId, "", 10, default);
            Assert.Equal(RunStatus.Completed, Assert.Single(runs).Status);
            Assert.Single((await world.Process.Get<JobService>().ListAsync(JobsWorld.Tenant, null, "", 10, default)).Items);
        }
    }

    [Fact]
    public async Task Run_whose_upload_is_gone_fails_and_says_why_and_the_schedule_goes_on()
    {
        var schedule = await AddAsync();
        await _world.Storage.Table("Uploads").DeleteAsync(JobsWorld.Tenant.Value, schedule.UploadId, default);

        _world.Clock.Pass(TimeSpan.FromDays(1));
        await RunDueAsync();

        var run = Assert.Single(await RunsAsync(schedule));
        Assert.Equal((RunStatus.Failed, "There is no such upload."), (run.Status, run.Error));
        Assert.True((await ReadAsync(schedule)).NextRunAt > _world.Clock.Now);
    }

    [Fact]
    public async Task Run_that_cannot_start_tells_who_listens_once()
    {
        var schedule = await AddAsync();
        await ListenAsync();
        await _world.Storage.Table("Uploads").DeleteAsync(JobsWorld.Tenant.Value, schedule.UploadId, default);

        _world.Clock.Pass(TimeSpan.FromDays(1));
        await RunDueAsync();
        await RunDueAsync();

        var told = Assert.Single(await ToldAsync());
        Assert.Equal(("validation.schedule.failed", schedule.ScheduleId, "There is no such upload.", null), (told.Type, told.ScheduleId, told.Error, told.JobId));
    }

    [Fact]
    public async Task Run_whose_job_ends_with_errors_tells_who_listens_once()
    {
        var schedule = await AddAsync();
        await ListenAsync();
        _world.Validator.Fails = email => email == "b@b.example";

        _world.Clock.Pass(TimeSpan.FromDays(1));
        await RunDueAsync();
        await _world.DrainAsync();

        var run = Assert.Single(await RunsAsync(schedule));
        var told = Assert.Single(await ToldAsync());
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal(("validation.schedule.failed", schedule.ScheduleId, "1 chunks of the job are dead.", run.JobId), (told.Type, told.ScheduleId, told.Error, told.JobId));
    }

    [Fact]
    public async Task Daily_run_keeps_its_local_time_when_the_clock_changes_while_nothing_runs()
    {
        // Paris goes to winter time on 25 October 2026: 02:30 comes twice that night, and the run once.
        await _world.StartAsync();
        _world.Clock.Pass(new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero) - _world.Clock.Now);
        var schedule = await AddAsync(_world, new Recurrence(Cadence.Daily, null, null, new TimeOnly(2, 30), "Europe/Paris"));
        var ran = new List<DateTimeOffset>();

        for (var minute = 0; minute < 48 * 60; minute += 30)
        {
            _world.Clock.Pass(TimeSpan.FromMinutes(30));
            if (await RunDueAsync() > 0)
                ran.Add(_world.Clock.Now);
        }

        Assert.Equal([new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 26, 1, 30, 0, TimeSpan.Zero)], ran);
        Assert.Equal(2, (await RunsAsync(schedule)).Count);
    }

    [Fact]
    public async Task Deleted_schedule_does_not_run()
    {
        var schedule = await AddAsync();
        await _world.Process.Get<ScheduleService>().RemoveAsync(JobsWorld.Tenant, schedule.ScheduleId, default);

        _world.Clock.Pass(TimeSpan.FromDays(2));

        Assert.Equal(0, await RunDueAsync());
    }

    private async Task<ScheduleView> AddAsync()
    {
        await _world.StartAsync();
        return await AddAsync(_world);
    }

    private static async Task<ScheduleView> AddAsync(JobsWorld world, Recurrence? recurrence = null)
    {
        var upload = await world.Process.Get<UploadService>().StoreAsync(JobsWorld.Tenant, new MemoryStream(Encoding.UTF8.GetBytes("email\na@a.example\nb@b.example\n")), default);
        return await world.Process.Get<ScheduleService>().AddAsync(
            JobsWorld.Tenant, new NewSchedule("Daily", upload.UploadId, recurrence ?? new Recurrence(Cadence.Daily, null, null, new TimeOnly(12, 0), "UTC"), DedupeMethod.Canonical, false, null), "01kc0000000000000000000009", default);
    }

    private async Task ListenAsync() => await _world.Process.Get<EndpointStore>().AddAsync(
        JobsWorld.Tenant,
        new WebhookEndpoint { EndpointId = "whe_01kc0000000000000000000003", Url = new Uri("https://hooks.example/"), Secret = "whsec_c2VjcmV0", Events = [EventTypes.ValidationScheduleFailed], CreatedAt = _world.Clock.Now },
        default);

    /// <summary>The events that are to be posted.</summary>
    private async Task<List<(string Type, string? ScheduleId, string? Error, string? JobId)>> ToldAsync()
    {
        var told = new List<(string, string?, string?, string?)>();
        foreach (var (message, _) in ((InMemoryQueue<DeliveryMessage>)_world.Storage.Queue<DeliveryMessage>(DeliveryMessage.Queue)).Sent)
        {
            var batch = await _world.Process.Get<EventStore>().FindAsync(JobsWorld.Tenant, message.Batch, default);
            foreach (var body in batch!.Events.Select(planned => JsonNode.Parse(planned.Body)!))
                told.Add(((string)body["type"]!, (string?)body["data"]!["scheduleId"], (string?)body["data"]!["error"], (string?)body["data"]!["jobId"]));
        }
        return told;
    }

    private Task<int> RunDueAsync() => _world.Process.Get<ScheduleRunner>().RunDueAsync(default);

    private Task<ScheduleView> ReadAsync(ScheduleView schedule) => _world.Process.Get<ScheduleService>().GetAsync(JobsWorld.Tenant, schedule.ScheduleId, default);

    private async Task<IReadOnlyList<RunView>> RunsAsync(ScheduleView schedule) =>
        (await _world.Process.Get<ScheduleService>().RunsAsync(JobsWorld.Tenant, schedule.ScheduleId, "", 10, default)).Items;
}
