using Azure;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Storage fails, or is changed by others, while a sub-orchestration begins.</summary>
public sealed class ParentAndChildTests
{
    private readonly InMemoryInstanceStore _store = new();

    [Fact]
    public async Task An_event_sent_to_a_child_that_is_begun_with_it_arrives_though_the_child_is_late()
    {
        var failures = 1;
        await using var world = NewWorld(InterceptedStore.Create(_store, before: (name, arguments) =>
        {
            if (name == nameof(IInstanceStore.TryAddAsync) && ((InstanceHeader)arguments[0]!).InstanceId == "child" && failures-- > 0)
                throw new RequestFailedException(503, "Busy.");
        }));

        Assert.Equal("hello", (await world.RunAsync("sends")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_whose_id_is_purged_while_it_is_to_be_used_again_is_begun()
    {
        var purges = 1;
        await using var world = NewWorld(InterceptedStore.Create(_store, async (_, stored) =>
        {
            if (stored?.Header.InstanceId == "child" && purges-- > 0)
                await _store.DeleteAsync("child", _ => true, CancellationToken.None);
            return stored;
        }));
        await world.RunAsync("quick", id: "child");

        Assert.Equal("quick", (await world.RunAsync("calls")).ReadOutputAs<string>());
    }

    private static DurableWorld NewWorld(IInstanceStore store) => new DurableWorld(store)
        .Orchestrator("sends", async context =>
        {
            var child = context.CallSubOrchestratorAsync<string>("echo", null, new SubOrchestrationOptions(instanceId: "child"));
            context.SendEvent("child", "word", "hello");
            return await child;
        })
        .Orchestrator("calls", async context => await context.CallSubOrchestratorAsync<string>("quick", null, new SubOrchestrationOptions(instanceId: "child")))
        .Orchestrator("echo", async context => await context.WaitForExternalEvent<string>("word"))
        .Orchestrator("quick", _ => Task.FromResult<object?>("quick"))
        .Start();
}
