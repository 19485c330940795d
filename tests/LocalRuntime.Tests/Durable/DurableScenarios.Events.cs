using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public abstract partial class DurableScenarios
{
    [Fact]
    public async Task S36_an_uncancelled_timer_keeps_the_instance_running_and_a_cancelled_one_does_not()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("race", async context =>
        {
            using var isOver = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), isOver.Token);
            await Task.WhenAny(timer, context.WaitForExternalEvent<string>("go"));
            if (context.GetInput<bool>())
                isOver.Cancel();
            context.SetCustomStatus("over");
            return null;
        }).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("race", true, new StartOrchestrationOptions("tidy"));
        await world.Client.ScheduleNewOrchestrationInstanceAsync("race", false, new StartOrchestrationOptions("sloppy"));

        await world.Client.RaiseEventAsync("tidy", "go", "now");
        await world.Client.RaiseEventAsync("sloppy", "GO", "now");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await world.EndOfAsync("tidy")).RuntimeStatus);
        await world.UntilAsync("sloppy", state => state.ReadCustomStatusAs<string>() == "over");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await world.StateOfAsync("sloppy")).RuntimeStatus);
    }

    [Fact]
    public async Task S39_events_before_the_wait_are_kept_in_order_and_the_newest_waiter_comes_first()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("buffer", async context =>
        {
            await context.WaitForExternalEvent<string>("open");
            return new[] { await context.WaitForExternalEvent<string>("item"), await context.WaitForExternalEvent<string>("ITEM") };
        }).Orchestrator("stack", async context =>
        {
            var older = context.WaitForExternalEvent<string>("item");
            var newer = context.WaitForExternalEvent<string>("item");
            return await Task.WhenAny(older, newer) == newer ? $"newer {await newer} older {await older}" : "older first";
        }).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("buffer", null, new StartOrchestrationOptions("b"));
        await world.Client.ScheduleNewOrchestrationInstanceAsync("stack", null, new StartOrchestrationOptions("s"));

        foreach (var (name, payload) in new[] { ("item", "1"), ("item", "2"), ("open", "") })
            await world.Client.RaiseEventAsync("b", name, payload);
        foreach (var payload in new[] { "1", "2" })
            await world.Client.RaiseEventAsync("s", "item", payload);

        Assert.Equal(["1", "2"], (await world.EndOfAsync("b")).ReadOutputAs<string[]>()!);
        Assert.Equal("newer 1 older 2", (await world.EndOfAsync("s")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task S40_an_event_that_does_not_come_in_time_is_a_cancellation()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("wait", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("x", TimeSpan.FromMilliseconds(30));
            }
            catch (OperationCanceledException)
            {
                return "nobody came";
            }
        }).Start();

        Assert.Equal("nobody came", (await world.RunAsync("wait")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(true, "kept")]
    [InlineData(false, "nothing")]
    public async Task S41_continue_as_new_keeps_or_drops_events(bool keeps, string expected)
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("again", async context =>
        {
            if (context.GetInput<int>() == 0)
            {
                await context.WaitForExternalEvent<string>("go");
                context.ContinueAsNew(1, keeps);
                return null;
            }
            try
            {
                return await context.WaitForExternalEvent<string>("data", TimeSpan.FromMilliseconds(200));
            }
            catch (OperationCanceledException)
            {
                return "nothing";
            }
        }).Start();
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync("again", 0);

        await world.Client.RaiseEventAsync(id, "data", "kept");
        await world.Client.RaiseEventAsync(id, "go", "");

        Assert.Equal(expected, (await world.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task S41_a_hundred_rounds_leave_a_short_history()
    {
        var store = await NewStoreAsync();
        await using var world = new DurableWorld(store);
        world.Orchestrator("loop", async context =>
        {
            var round = context.GetInput<int>();
            await context.CallActivityAsync("nothing");
            if (round < 100)
                context.ContinueAsNew(round + 1);
            return round;
        }).Activity<object, int>("nothing", _ => 0).Start();

        var end = await world.RunAsync("loop", 1, "l");

        Assert.Equal(100, end.ReadOutputAs<int>());
        Assert.True((await store.LoadAsync("l", CancellationToken.None))!.History.Count < 10);
    }

    [Fact]
    public async Task S42_a_suspended_instance_makes_no_progress_until_it_is_resumed()
    {
        await using var world = await NewWorldAsync();
        var release = new TaskCompletionSource();
        world.Orchestrator("work", async context =>
        {
            await context.CallActivityAsync("slow");
            context.SetCustomStatus("done");
            return "end";
        }).ActivityAsync<object, int>("slow", async _ =>
        {
            await release.Task;
            return 0;
        }).Start();
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync("work");
        await world.UntilAsync(id, state => state.IsRunning);

        await world.Client.SuspendInstanceAsync(id);
        await world.UntilAsync(id, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        release.SetResult();
        await Task.Delay(150);
        Assert.Null((await world.StateOfAsync(id)).SerializedCustomStatus);
        await world.Client.ResumeInstanceAsync(id);

        Assert.Equal("end", (await world.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task S42_a_suspended_instance_can_be_terminated()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("wait", async context => await context.WaitForExternalEvent<string>("x")).Start();
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync("wait");
        await world.Client.WaitForInstanceStartAsync(id);
        await world.Client.SuspendInstanceAsync(id);
        await world.UntilAsync(id, state => state.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await world.Client.TerminateInstanceAsync(id, "enough");

        var end = await world.EndOfAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("enough", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_sent_by_an_orchestration_arrives()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("sender", context =>
        {
            context.SendEvent("receiver", "hello", "you");
            context.SendEvent("nobody", "hello", "you");
            return Task.FromResult<object?>(null);
        }).Orchestrator("receiver", async context => await context.WaitForExternalEvent<string>("hello")).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("receiver", null, new StartOrchestrationOptions("receiver"));

        await world.RunAsync("sender");

        Assert.Equal("you", (await world.EndOfAsync("receiver")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_of_a_sender_whose_id_was_purged_and_used_again_is_another_one()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("sender", context =>
        {
            context.SendEvent("receiver", "hello", context.GetInput<string>()!);
            return Task.FromResult<object?>(null);
        }).Orchestrator("receiver", async context =>
            await context.WaitForExternalEvent<string>("hello") + await context.WaitForExternalEvent<string>("hello")).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("receiver", null, new StartOrchestrationOptions("receiver"));

        await world.RunAsync("sender", "first ", "sender");
        await world.Client.PurgeInstanceAsync("sender");
        await world.RunAsync("sender", "second", "sender");

        Assert.Equal("first second", (await world.EndOfAsync("receiver")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_end_of_a_sub_orchestration_does_not_reach_another_use_of_its_parents_id()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("parent", async context => await context.CallSubOrchestratorAsync<string>(
                "child", null, new SubOrchestrationOptions(instanceId: context.GetInput<string>()!)))
            .Orchestrator("child", async context => await context.WaitForExternalEvent<string>("word")).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("parent", "old", new StartOrchestrationOptions("p"));
        await world.Client.WaitForInstanceStartAsync("old");
        await world.Client.TerminateInstanceAsync("p");
        await world.EndOfAsync("p");
        await world.Client.PurgeInstanceAsync("p");

        await world.Client.ScheduleNewOrchestrationInstanceAsync("parent", "new", new StartOrchestrationOptions("p"));
        await world.Client.WaitForInstanceStartAsync("new");
        await world.Client.RaiseEventAsync("old", "word", "from the old one");
        await world.EndOfAsync("old");
        await world.Client.RaiseEventAsync("new", "word", "from the new one");

        Assert.Equal("from the new one", (await world.EndOfAsync("p")).ReadOutputAs<string>());
    }
}
