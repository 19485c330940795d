using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>What an orchestration may rely on. Every store is held to it.</summary>
public abstract class DurableScenarios
{
    private protected abstract Task<IInstanceStore> NewStoreAsync();

    private async Task<DurableWorld> NewWorldAsync() => new(await NewStoreAsync());

    [Fact]
    public async Task S31_a_chain_passes_results_on()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("chain", async context =>
        {
            var text = context.GetInput<string>();
            for (var round = 0; round < 3; round++)
                text = await context.CallActivityAsync<string>("append", text);
            return text;
        }).Activity<string, string>("append", text => text + "!").Start();

        var end = await world.RunAsync("chain", "go");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal("go!!!", end.ReadOutputAs<string>());
        Assert.Equal(3, world.Ran.Count);
    }

    [Fact]
    public async Task S31_a_fan_out_of_50_keeps_its_order_and_runs_each_once()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("fan", async context =>
            await Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.CallActivityAsync<int>("square", number))))
            .ActivityAsync<int, int>("square", async number =>
            {
                await Task.Delay(number % 7);
                return number * number;
            }).Start();

        var end = await world.RunAsync("fan");

        Assert.Equal(Enumerable.Range(0, 50).Select(number => number * number), end.ReadOutputAs<int[]>()!);
        Assert.Equal(50, world.Ran.Count);
    }

    [Fact]
    public async Task S33_time_and_guids_are_the_same_at_each_replay()
    {
        await using var world = await NewWorldAsync();
        var seen = new ConcurrentQueue<string>();
        world.Orchestrator("clock", async context =>
        {
            seen.Enqueue($"{context.CurrentUtcDateTime:o} {context.NewGuid()} {context.NewGuid()}");
            await context.CallActivityAsync("nothing");
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            return null;
        }).Activity<object, int>("nothing", _ => 0).Start();

        await world.RunAsync("clock");

        Assert.True(seen.Count >= 3);
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task A_sub_orchestration_returns_its_result_under_the_id_given_and_knows_its_parent()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("parent", async context => await context.CallSubOrchestratorAsync<string>(
                "child", "x", new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:child")))
            .Orchestrator("child", context => Task.FromResult<object?>($"{context.InstanceId} of {context.Parent!.InstanceId} {context.GetInput<string>()}"))
            .Start();

        var end = await world.RunAsync("parent", id: "p1");

        Assert.Equal("p1:child of p1 x", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failed_sub_orchestration_is_a_task_failure_in_its_parent()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("parent", async context =>
        {
            try
            {
                await context.CallSubOrchestratorAsync("child");
                return null;
            }
            catch (TaskFailedException exception)
            {
                return $"{exception.FailureDetails.ErrorType}: {exception.FailureDetails.ErrorMessage}";
            }
        }).Orchestrator("child", _ => throw new ArithmeticException("no")).Start();

        var end = await world.RunAsync("parent");

        Assert.Equal("System.ArithmeticException: no", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task S35_awaiting_a_delay_fails_the_instance()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("delay", async _ =>
        {
            await Task.Delay(50);
            return null;
        }).Orchestrator("late", async context =>
        {
            var task = context.WaitForExternalEvent<string>("never");
            await Task.Delay(50);
            await task;
            return null;
        }).Orchestrator("elsewhere", async context =>
        {
            var task = context.WaitForExternalEvent<string>("never");
            await Task.Delay(50).ConfigureAwait(false);
            context.SetCustomStatus("here");
            await task;
            return null;
        }).Start();

        foreach (var name in new[] { "delay", "late", "elsewhere" })
        {
            var end = await world.RunAsync(name);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
            Assert.Equal(typeof(InvalidOperationException).FullName, end.FailureDetails!.ErrorType);
            Assert.Contains("invalid asynchronous invocation", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        }
    }

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
    public async Task S37_a_retry_policy_waits_longer_each_time_and_then_gives_up()
    {
        await using var world = await NewWorldAsync();
        var calls = new ConcurrentQueue<DateTime>();
        world.Orchestrator("retry", async context =>
        {
            await context.CallActivityAsync("fail", null, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(200), 2)));
            return null;
        }).Activity<object, int>("fail", _ =>
        {
            calls.Enqueue(DateTime.UtcNow);
            throw new FormatException("bad");
        }).Start();

        var end = await world.RunAsync("retry");

        var times = calls.ToArray();
        Assert.Equal(3, times.Length);
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(190), "first wait");
        Assert.True(times[2] - times[1] >= TimeSpan.FromMilliseconds(390), "second wait");
        Assert.Equal(typeof(TaskFailedException).FullName, end.FailureDetails!.ErrorType);
        Assert.Equal(typeof(FormatException).FullName, end.FailureDetails.InnerFailure!.ErrorType);
        Assert.Equal("Task 'fail' (#4) failed with an unhandled exception: bad", end.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task S38_a_handler_that_declines_means_one_call()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("policy", async context =>
        {
            await context.CallActivityAsync("fail", null, TaskOptions.FromRetryPolicy(
                new RetryPolicy(3, TimeSpan.FromMilliseconds(1)) { HandleFailure = failure => !failure.IsCausedBy<FormatException>() }));
            return null;
        }).Orchestrator("handler", async context =>
        {
            await context.CallActivityAsync("fail", null, TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 1));
            return null;
        }).Activity<object, int>("fail", _ => throw new FormatException("bad")).Start();

        await world.RunAsync("policy");
        Assert.Single(world.Ran);
        await world.RunAsync("handler");
        Assert.Equal(2, world.Ran.Count);
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
        var due = DateTimeOffset.UtcNow.AddMilliseconds(600);
        await world.Client.ScheduleNewOrchestrationInstanceAsync("later", null, new StartOrchestrationOptions("soon", due));
        await world.Client.ScheduleNewOrchestrationInstanceAsync("later", null, new StartOrchestrationOptions("never", due.AddHours(1)));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await world.StateOfAsync("soon")).RuntimeStatus);
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
    public async Task S50_large_payloads_come_back_whole_and_a_large_status_is_refused()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("large", async context =>
        {
            var text = await context.CallActivityAsync<string>("grow", context.GetInput<string>());
            await context.CallActivityAsync<int>("measure", text);
            return text;
        }).Orchestrator("status", context =>
        {
            context.SetCustomStatus(new string('x', 17 * 1024));
            return Task.FromResult<object?>(null);
        }).Activity<string, string>("grow", text => text + new string('é', 100 * 1024)).Activity<string, int>("measure", text => text.Length).Start();
        var input = new string('"', 40 * 1024);

        var end = await world.RunAsync("large", input);

        Assert.Equal(input + new string('é', 100 * 1024), end.ReadOutputAs<string>());
        Assert.Equal(input, end.ReadInputAs<string>());
        var refused = await world.RunAsync("status");
        Assert.Equal(typeof(ArgumentException).FullName, refused.FailureDetails!.ErrorType);
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
    public async Task Unknown_names_fail_the_task_and_the_instance()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("calls", async context => await context.CallActivityAsync<string>("missing")).Start();

        Assert.Contains("missing", (await world.RunAsync("calls")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await world.RunAsync("nobody")).RuntimeStatus);
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_last_step_was_recorded()
    {
        var store = await NewStoreAsync();
        await using var first = new DurableWorld(store);
        first.Orchestrator("trip", Trip).Activity<int, int>("step", number => number + 1)
            .ActivityAsync<int, int>("stuck", async number =>
            {
                await Task.Delay(Timeout.Infinite);
                return number;
            }).Start();
        await first.Client.ScheduleNewOrchestrationInstanceAsync("trip", null, new StartOrchestrationOptions("t"));
        await first.UntilAsync("t", state => state.ReadCustomStatusAs<string>() == "stuck");
        await first.Client.RaiseEventAsync("t", "word", "kept");
        await first.Engine.AbandonAsync();

        await using var second = new DurableWorld(store);
        second.Orchestrator("trip", Trip).Activity<int, int>("step", number => number + 1).Activity<int, int>("stuck", number => number * 10).Start();

        Assert.Equal("10 kept", (await second.EndOfAsync("t")).ReadOutputAs<string>());
        Assert.Equal(["stuck"], second.Ran);

        static async Task<object?> Trip(TaskOrchestrationContext context)
        {
            var number = await context.CallActivityAsync<int>("step", 0);
            context.SetCustomStatus("stuck");
            number = await context.CallActivityAsync<int>("stuck", number);
            return $"{number} {await context.WaitForExternalEvent<string>("word")}";
        }
    }
}
