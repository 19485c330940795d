using System.Text;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Tests.Validation.Jobs;
using ProspectOps.Validation.Jobs;
using ProspectOps.Validation.Schedules;

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

    private static async Task<ScheduleView> AddAsync(JobsWorld world)
    {
        var upload = await world.Process.Get<UploadService>().StoreAsync(JobsWorld.Tenant, new MemoryStream(Encoding.UTF8.GetBytes("email\na@a.example\nb@b.example\n")), default);
        return await world.Process.Get<ScheduleService>().AddAsync(
            JobsWorld.Tenant, new NewSchedule("Daily", upload.UploadId, new Recurrence(Cadence.Daily, null, null, new TimeOnly(12, 0), "UTC"), DedupeMethod.Canonical, false, null), "01kc0000000000000000000009", default);
    }

    private Task<int> RunDueAsync() => _world.Process.Get<ScheduleRunner>().RunDueAsync(default);

    private Task<ScheduleView> ReadAsync(ScheduleView schedule) => _world.Process.Get<ScheduleService>().GetAsync(JobsWorld.Tenant, schedule.ScheduleId, default);

    private async Task<IReadOnlyList<RunView>> RunsAsync(ScheduleView schedule) =>
        (await _world.Process.Get<ScheduleService>().RunsAsync(JobsWorld.Tenant, schedule.ScheduleId, "", 10, default)).Items;
}
