using Azure;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>The engine is told to stop in the middle of something.</summary>
public sealed class StopTests
{
    private readonly InMemoryInstanceStore _store = new();

    [Fact]
    public async Task A_result_that_waits_for_the_others_of_its_fan_out_is_recorded_before_the_stop()
    {
        var gate = new TaskCompletionSource();
        await using (var first = NewWorld(_store, async number =>
        {
            await gate.Task;
            return number == 0 ? 7 : throw new OperationCanceledException();
        }))
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("fan", null, new StartOrchestrationOptions("f"));
            await UntilAsync(() => first.Ran.Count == 2);
            var stop = first.Engine.StopAsync(CancellationToken.None);
            gate.SetResult();
            await stop.WaitAsync(Patience.Usual);
        }

        await using var second = NewWorld(_store, _ => Task.FromResult(1));

        var end = await second.EndOfAsync("f");
        Assert.Equal([7, 1], end.ReadOutputAs<int[]>()!);
        Assert.Single(second.Ran);
    }

    [Fact]
    public async Task A_store_that_fails_while_the_engine_stops_does_not_fail_the_stop()
    {
        await using var world = new DurableWorld(InterceptedStore.Create(_store, before: (name, arguments) =>
        {
            if (name != nameof(IInstanceStore.CommitAsync))
                return;
            ((CancellationToken)arguments[2]!).WaitHandle.WaitOne();
            throw new RequestFailedException(503, "Away.");
        }), new DurableOptions { MaxOrchestrators = 1 });
        world.Orchestrator("quick", _ => Task.FromResult<object?>(1)).Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("quick");

        await world.Engine.StopAsync(CancellationToken.None).WaitAsync(Patience.Usual);
    }

    private static DurableWorld NewWorld(IInstanceStore store, Func<int, Task<int>> part) => new DurableWorld(store)
        .Orchestrator("fan", async context => await Task.WhenAll(context.CallActivityAsync<int>("part", 0), context.CallActivityAsync<int>("part", 1)))
        .ActivityAsync("part", part)
        .Start();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience.Usual);
        while (!condition())
            await Task.Delay(10, patience.Token);
    }
}
