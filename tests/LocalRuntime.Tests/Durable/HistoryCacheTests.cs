using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class HistoryCacheTests
{
    [Fact]
    public async Task An_instance_that_starts_over_again_and_again_does_not_push_others_out()
    {
        await using var world = new DurableWorld(new InMemoryInstanceStore(), new DurableOptions { HistoryCacheChars = 5_000 });
        world.Orchestrator("wait", async context => await context.WaitForExternalEvent<string>("x"))
            .Orchestrator("loop", async context =>
            {
                await context.CallActivityAsync("nothing");
                if (context.GetInput<int>() is var round && round < 100)
                    context.ContinueAsNew(round + 1);
                return null;
            })
            .Activity<object, int>("nothing", _ => 0)
            .Start();
        await world.Client.ScheduleNewOrchestrationInstanceAsync("wait", null, new StartOrchestrationOptions("w"));
        await world.Client.WaitForInstanceStartAsync("w");

        await world.RunAsync("loop", 1);

        Assert.NotNull(world.Engine.FindLive("w")!.History);
    }
}
