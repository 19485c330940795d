using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>What an orchestration may rely on. Every store is held to it.</summary>
public abstract partial class DurableScenarios
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
    public async Task Unknown_names_fail_the_task_and_the_instance()
    {
        await using var world = await NewWorldAsync();
        world.Orchestrator("calls", async context => await context.CallActivityAsync<string>("missing")).Start();

        Assert.Contains("missing", (await world.RunAsync("calls")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await world.RunAsync("nobody")).RuntimeStatus);
    }
}
