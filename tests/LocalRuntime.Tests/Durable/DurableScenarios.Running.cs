using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public abstract partial class DurableScenarios
{
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

    [Fact]
    public async Task An_episode_that_broke_is_run_again_and_nothing_of_it_is_lost()
    {
        var broken = 0;
        await using var world = new DurableWorld(await NewStoreAsync(), time: new FastTime(100));
        world.Scope = () => new ThrowingScope(() => Interlocked.Increment(ref broken) is 2 or 3);
        world.Orchestrator("trip", async context =>
        {
            var number = await context.CallActivityAsync<int>("step", 1);
            await context.CreateTimer(TimeSpan.FromSeconds(1), default);
            return $"{number} {await context.WaitForExternalEvent<string>("word")}";
        }).Activity<int, int>("step", number => number + 1).Start();
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync("trip");
        await world.Client.RaiseEventAsync(id, "word", "kept");

        Assert.Equal("2 kept", (await world.EndOfAsync(id)).ReadOutputAs<string>());
        Assert.True(broken > 3, $"Only {broken} episodes ran.");
    }

    [Fact]
    public async Task Histories_that_had_to_leave_memory_are_read_again()
    {
        await using var world = new DurableWorld(await NewStoreAsync(), new DurableOptions { HistoryCacheChars = 1 });
        world.Orchestrator("chain", async context =>
        {
            var text = "";
            for (var round = 0; round < 8; round++)
                text = await context.CallActivityAsync<string>("append", text + new string('x', 1_000));
            return text.Length;
        }).Activity<string, string>("append", text => text).Start();

        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => world.RunAsync("chain", id: $"c{number}")));

        Assert.All(ends, end => Assert.Equal(8_000, end.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task A_stop_lets_running_activities_end_and_records_them()
    {
        var store = await NewStoreAsync();
        var world = new DurableWorld(store, new DurableOptions { MaxActivities = 1 });
        var begun = new TaskCompletionSource();
        world.Orchestrator("two", async context =>
        {
            await context.CallActivityAsync("slow");
            return await context.CallActivityAsync<int>("next");
        }).ActivityAsync<object, int>("slow", async _ =>
        {
            begun.SetResult();
            await Task.Delay(200);
            return 1;
        }).Activity<object, int>("next", _ => 2).Start();
        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync("two");
        await begun.Task.WaitAsync(Patience.Usual);

        await world.Engine.StopAsync(CancellationToken.None);

        var stored = await store.LoadAsync(id, CancellationToken.None);
        Assert.Single(stored!.History.OfType<TaskCompleted>());
        Assert.Equal(["slow"], world.Ran);
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_allowed()
    {
        await using var world = new DurableWorld(await NewStoreAsync(), new DurableOptions { MaxActivities = 3 });
        var (running, most) = (0, 0);
        world.Orchestrator("fan", async context =>
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => context.CallActivityAsync("busy")));
            return null;
        }).ActivityAsync<object, int>("busy", async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(5);
            Interlocked.Decrement(ref running);
            return 0;
        }).Start();

        await world.RunAsync("fan");

        Assert.InRange(most, 2, 3);
    }

    /// <summary>Throws when it is disposed of, as the service of a user may.</summary>
    private sealed class ThrowingScope(Func<bool> throws) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => throws() ? throw new InvalidOperationException("Broken.") : ValueTask.CompletedTask;
    }
}
