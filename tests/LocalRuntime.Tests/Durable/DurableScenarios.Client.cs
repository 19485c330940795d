using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public abstract partial class DurableScenarios
{
    [Fact]
    public async Task S43_and_S44_what_has_ended_or_is_unknown_refuses_events_and_termination()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("quick", _ => Task.FromResult<object?>(1)).Start();
        var ended = (await world.RunAsync("quick")).InstanceId;

        foreach (var (id, error) in new[] { (ended, DurableClientError.InvalidState), ("unknown", DurableClientError.NotFound) })
        {
            Assert.Equal(error, (await Assert.ThrowsAsync<DurableClientException>(() => world.Client.TerminateInstanceAsync(id))).Error);
            Assert.Equal(error, (await Assert.ThrowsAsync<DurableClientException>(() => world.Client.RaiseEventAsync(id, "x"))).Error);
            Assert.Equal(error, (await Assert.ThrowsAsync<DurableClientException>(() => world.Client.SuspendInstanceAsync(id))).Error);
        }
        Assert.Null(await world.Client.GetInstanceAsync("unknown"));
    }

    [Fact]
    public async Task S45_an_id_in_use_is_refused_and_one_that_has_ended_begins_anew()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("wait", async context => await context.WaitForExternalEvent<string>("x")).Start();
        var options = new StartOrchestrationOptions("same");
        await world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, options);

        var refusal = await Assert.ThrowsAsync<DurableClientException>(() => world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, options));
        Assert.Equal(DurableClientError.AlreadyExists, refusal.Error);
        await world.Client.RaiseEventAsync("same", "x", "first");
        Assert.Equal("first", (await world.EndOfAsync("same")).ReadOutputAs<string>());

        await world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, options);
        await world.UntilAsync("same", state => state.IsRunning);
        await world.Client.RaiseEventAsync("same", "x", "second");
        Assert.Equal("second", (await world.EndOfAsync("same")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task S46_a_scheduled_start_is_pending_until_it_is_due_and_can_be_terminated()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("later", context => Task.FromResult<object?>(context.CurrentUtcDateTime)).Start();
        var due = DateTimeOffset.UtcNow.AddMilliseconds(300);
        await world.Client.ScheduleNewOrchestrationInstanceAsync("later", null, new StartOrchestrationOptions("soon", due));
        await world.Client.ScheduleNewOrchestrationInstanceAsync("later", null, new StartOrchestrationOptions("never", due.AddHours(1)));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await world.StateOfAsync("never")).RuntimeStatus);
        await world.Client.TerminateInstanceAsync("never");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await world.EndOfAsync("never")).RuntimeStatus);
        Assert.True((await world.EndOfAsync("soon")).ReadOutputAs<DateTime>() >= due.UtcDateTime);
    }

    [Fact]
    public async Task S47_a_listing_shows_each_match_once()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("quick", _ => Task.FromResult<object?>(1))
            .Orchestrator("wait", async context => await context.WaitForExternalEvent<string>("x")).Start();
        for (var number = 0; number < 5; number++)
            await world.RunAsync("quick", id: $"a-{number}");
        await world.RunAsync("quick", id: "b-0");
        await world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, new StartOrchestrationOptions("a-live"));

        var query = new OrchestrationQuery(
            CreatedFrom: DateTimeOffset.UtcNow.AddMinutes(-5), Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "a-", PageSize: 2);
        var found = new List<string>();
        await foreach (var instance in world.Client.GetAllInstancesAsync(query))
            found.Add(instance.InstanceId);

        Assert.Equal(["a-0", "a-1", "a-2", "a-3", "a-4"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task S48_purge_takes_what_has_ended_and_restart_runs_it_again()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("echo", context => Task.FromResult<object?>(context.GetInput<string>()))
            .Orchestrator("wait", async context => await context.WaitForExternalEvent<string>("x")).Start();
        await world.RunAsync("echo", "hello", "ended");
        await world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, new StartOrchestrationOptions("live"));

        Assert.Equal("ended", await world.Client.RestartAsync("ended"));
        await world.EndOfAsync("ended");
        var copy = await world.Client.RestartAsync("ended", restartWithNewInstanceId: true);
        Assert.Equal("hello", (await world.EndOfAsync(copy)).ReadOutputAs<string>());
        await Assert.ThrowsAsync<ArgumentException>(() => world.Client.RestartAsync("unknown"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Client.RestartAsync("live"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Client.PurgeInstanceAsync("live"));
        Assert.Equal(0, (await world.Client.PurgeInstanceAsync("unknown")).PurgedInstanceCount);
        Assert.Equal(1, (await world.Client.PurgeInstanceAsync("ended")).PurgedInstanceCount);
        Assert.Null(await world.Client.GetInstanceAsync("ended"));
        Assert.Equal(1, (await world.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.NotNull(await world.Client.GetInstanceAsync("live"));
    }

    [Fact]
    public async Task S45_dedupe_statuses_say_which_instances_refuse_and_the_others_are_replaced()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("echo", context => Task.FromResult<object?>(context.GetInput<string>()))
            .Orchestrator("wait", async context => await context.WaitForExternalEvent<string>("x")).Start();
        var options = new StartOrchestrationOptions("same");
        await world.RunAsync("echo", "first", "same");

        var refusal = await Assert.ThrowsAsync<DurableClientException>(() => world.Client.ScheduleNewOrchestrationInstanceAsync(
            "echo", "second", options.WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)));
        Assert.Equal(DurableClientError.AlreadyExists, refusal.Error);
        await world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, options.WithDedupeStatuses(OrchestrationRuntimeStatus.Failed));
        await world.UntilAsync("same", state => state.IsRunning);
        await world.Client.ScheduleNewOrchestrationInstanceAsync("echo", "third", options.WithDedupeStatuses());

        Assert.Equal("third", (await world.EndOfAsync("same")).ReadOutputAs<string>());
        await Assert.ThrowsAsync<ArgumentException>(() => world.Client.ScheduleNewOrchestrationInstanceAsync(
            "echo", "x", options.WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated)));
        await Assert.ThrowsAsync<ArgumentException>(() => world.Client.ScheduleNewOrchestrationInstanceAsync(
            "echo", "x", options with { DedupeStatuses = ["Sleeping"] }));
    }

    [Fact]
    public async Task S48_a_purge_by_time_takes_what_was_created_then_and_has_ended_as_it_says()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("echo", context => Task.FromResult<object?>(context.GetInput<string>()))
            .Orchestrator("parent", async context => await context.CallSubOrchestratorAsync<string>("echo", "in", new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("fail", _ => throw new InvalidOperationException("no")).Start();
        foreach (var id in new[] { "old-1", "old-2", "used-again" })
            await world.RunAsync("echo", "x", id);
        await world.RunAsync("parent", id: "old-parent");
        await world.RunAsync("fail", id: "old-failed");
        var then = (await world.StateOfAsync("old-failed")).CreatedAt;
        await Task.Delay(5);
        await world.RunAsync("echo", "y", "used-again");
        await world.RunAsync("echo", "y", "new");

        var purged = await world.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, then, [OrchestrationRuntimeStatus.Completed]));

        Assert.Equal(4, purged.PurgedInstanceCount);
        foreach (var (id, isThere) in new[] { ("old-1", false), ("old-2", false), ("old-parent", false), ("child", false), ("old-failed", true), ("used-again", true), ("new", true) })
            Assert.True(isThere == (await world.Client.GetInstanceAsync(id) is not null), id);
        Assert.Equal(3, (await world.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.Equal(0, (await world.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
    }
}
