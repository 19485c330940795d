using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>The process is killed at every single call to storage in turn; another one finishes the work.</summary>
public sealed class S49_KillTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const string Expected = "30 of 60";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S49_killed_at_any_call_to_the_store_the_work_is_finished_by_the_next_process(bool withEffect)
    {
        for (var dieAt = 1; ; dieAt++)
        {
            var store = new InMemoryInstanceStore();
            var dying = new DyingStore(store, dieAt, withEffect);
            if (!await DieAndFinishAsync(dying, dying.Died, store, padding: 0))
                break;
            Assert.True(dieAt < 500, "The journey never ends by itself.");
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 25_000)]
    public async Task S49_killed_at_any_request_to_Tables_the_work_is_finished_by_the_next_process(bool withEffect, int padding)
    {
        for (var dieAt = 1; ; dieAt++)
        {
            var hub = $"K{Guid.NewGuid():N}";
            var transport = new DyingTransport(dieAt, withEffect);
            var dying = TablesDurableTests.NewStore(azurite.ConnectionString, new TableClientOptions { Transport = transport }, hub);
            if (!await DieAndFinishAsync(dying, transport.Died, TablesDurableTests.NewStore(azurite.ConnectionString, null, hub), padding))
                break;
            Assert.True(dieAt < 500, "The journey never ends by itself.");
        }
    }

    /// <returns>Whether the first process died before its work was done.</returns>
    private static async Task<bool> DieAndFinishAsync(IInstanceStore dying, Task died, IInstanceStore surviving, int padding)
    {
        Func<DurableTaskClient, Task>[] todo =
        [
            client => ScheduleAsync(client, "listener", 0),
            client => ScheduleAsync(client, "journey", padding),
            client => client.RaiseEventAsync("journey", "word"),
            client => client.RaiseEventAsync("journey", "word"),
        ];
        var acknowledged = 0;

        await using var first = NewWorld(dying);
        var work = WorkAsync(first, todo, () => acknowledged++);
        var hasDied = await Task.WhenAny(work, died).WaitAsync(Patience.Usual) == died;
        await first.Engine.AbandonAsync();

        await using var second = NewWorld(surviving);
        // What was not acknowledged is asked for again, as a client would.
        await WorkAsync(second, todo[acknowledged..], () => { }).WaitAsync(Patience.Usual);
        foreach (var id in new[] { "journey", "listener", "journey:child:0", "journey:child:1" })
        {
            var end = await second.EndOfAsync(id);
            Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{id}: {end.FailureDetails}");
            var stored = await surviving.LoadAsync(id, CancellationToken.None);
            var completions = stored!.History.OfType<CompletionEvent>().Select(completion => completion.Id).ToArray();
            Assert.Equal(completions.Distinct(), completions);
        }
        Assert.Equal(Expected, (await second.StateOfAsync("journey")).ReadOutputAs<string>());
        Assert.Equal(Expected, (await second.StateOfAsync("listener")).ReadOutputAs<string>());
        return hasDied;
    }

    private static async Task WorkAsync(DurableWorld world, Func<DurableTaskClient, Task>[] todo, Action onAcknowledged)
    {
        foreach (var request in todo)
        {
            await request(world.Client);
            onAcknowledged();
        }
        await world.EndOfAsync("journey");
        await world.EndOfAsync("listener");
    }

    private static async Task ScheduleAsync(DurableTaskClient client, string name, int padding)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(name, new Leg(0, padding), new StartOrchestrationOptions(name));
        }
        catch (DurableClientException exception) when (exception.Error == DurableClientError.AlreadyExists)
        {
        }
    }

    private static DurableWorld NewWorld(IInstanceStore store) => new DurableWorld(store)
        .Orchestrator("journey", async context =>
        {
            var leg = context.GetInput<Leg>()!;
            var parts = await Task.WhenAll(Enumerable.Range(0, leg.Padding == 0 ? 3 : 30).Select(_ =>
                context.CallActivityAsync<int>("ten", new string('x', leg.Padding))));
            var sum = parts.Take(3).Sum();
            var twice = await context.CallSubOrchestratorAsync<int>(
                "child", sum, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:child:{leg.Round}"));
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            await context.WaitForExternalEvent<object>("word");
            if (leg.Round == 0)
            {
                context.ContinueAsNew(leg with { Round = 1 });
                return null;
            }
            context.SendEvent("listener", "news", $"{sum} of {twice}");
            return $"{sum} of {twice}";
        })
        .Orchestrator("child", async context => context.GetInput<int>() + await context.CallActivityAsync<int>("thirty"))
        .Orchestrator("listener", async context => await context.WaitForExternalEvent<string>("news"))
        .Activity<string, int>("ten", _ => 10)
        .Activity<object, int>("thirty", _ => 30)
        .Start();

    private sealed record Leg(int Round, int Padding);
}
