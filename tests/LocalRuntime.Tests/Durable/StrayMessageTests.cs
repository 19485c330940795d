using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Tests.Durable;

public sealed class StrayMessageTests
{
    private readonly InMemoryInstanceStore _store = new();

    [Fact]
    public async Task A_message_that_is_stored_when_its_instance_has_ended_does_not_reach_the_next_one_of_that_id()
    {
        var meanwhile = () => Task.CompletedTask;
        await using var first = NewWorld(InterceptedStore.Create(_store, before: (name, arguments) =>
        {
            if (name == nameof(IInstanceStore.AddMessageAsync) && arguments[1] is InboxMessage { Kind: InboxKind.Terminate })
                Task.Run(meanwhile).GetAwaiter().GetResult();
        }));
        await StartAsync();
        meanwhile = EndAndStartAgainAsync;

        await first.Client.TerminateInstanceAsync("e");
        await first.Engine.AbandonAsync();

        await using var second = NewWorld(_store);
        await second.Client.RaiseEventAsync("e", "word", "second");
        Assert.Equal("second", (await second.EndOfAsync("e")).ReadOutputAs<string>());

        async Task EndAndStartAgainAsync()
        {
            await first.Client.RaiseEventAsync("e", "word", "first");
            await first.EndOfAsync("e");
            await StartAsync();
        }

        async Task StartAsync()
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("echo", null, new StartOrchestrationOptions("e"));
            await first.Client.WaitForInstanceStartAsync("e");
        }
    }

    private static DurableWorld NewWorld(IInstanceStore store) => new DurableWorld(store)
        .Orchestrator("echo", async context => await context.WaitForExternalEvent<string>("word"))
        .Start();
}
