using System.Globalization;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Storage misbehaves at every call, from a seed. Set <c>DURABLE_FAULT_SEED</c> to repeat one seed.</summary>
public sealed class FaultTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const string SeedVariable = "DURABLE_FAULT_SEED";
    private const int Seeds = 1_000;
    private const int SeedsOnTables = 20;
    private const int AtOnce = 24;
    private const string Expected = "2 rounds: 30 and 3 and 7";

    [Fact]
    public Task S49_whatever_the_store_does_the_output_is_the_same_and_nothing_is_lost_or_recorded_twice() => ForEachSeedAsync(Seeds, async seed =>
    {
        var time = new FastTime(1_000);
        var store = new InMemoryInstanceStore();
        await RunAsync(store, new FaultyStore(store, new FaultySequence(seed), time), seed, time);
    });

    [Fact]
    public Task S49_whatever_Tables_answers_the_output_is_the_same_and_nothing_is_lost_or_recorded_twice() => ForEachSeedAsync(SeedsOnTables, async seed =>
    {
        var hub = $"F{Guid.NewGuid():N}";
        using var connection = new FaultyConnection(new FaultySequence(seed));
        await RunAsync(
            TablesDurableTests.NewStore(azurite.ConnectionString, null, hub),
            TablesDurableTests.NewStore(azurite.ConnectionString, connection.Options(), hub), seed, new FastTime(100));
    });

    private static async Task ForEachSeedAsync(int seeds, Func<int, Task> run)
    {
        var chosen = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed
            ? [int.Parse(seed, CultureInfo.InvariantCulture)] : Enumerable.Range(1, seeds).ToArray();
        await Parallel.ForEachAsync(chosen, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            try
            {
                await run(number);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {number} fails; {SeedVariable}={number} repeats it.", exception);
            }
        });
    }

    private static async Task RunAsync(IInstanceStore sound, IInstanceStore faulty, int seed, TimeProvider time)
    {
        // In every other seed no history stays in memory.
        var options = new DurableOptions { MaxActivities = 4, MaxOrchestrators = 4, HistoryCacheChars = seed % 2 == 0 ? 1 : 1_000_000 };
        var tries = new int[10];
        await using var world = new DurableWorld(faulty, options, time: time);
        world.Orchestrator("journey", JourneyAsync)
            .Orchestrator("child", async context => context.GetInput<int>() + await context.CallActivityAsync<int>("one"))
            .Orchestrator("listener", async context => await context.WaitForExternalEvent<string>("news"))
            .Activity<int, int>("ten", number => number * 10)
            .Activity<object, int>("one", _ => 1)
            .Activity<int, int>("flaky", round => Interlocked.Increment(ref tries[round]) < 3 ? throw new FormatException("not yet") : 7)
            .Start();

        await AskAsync(() => world.Client.ScheduleNewOrchestrationInstanceAsync("listener", null, new StartOrchestrationOptions("listener")), time);
        await AskAsync(() => world.Client.ScheduleNewOrchestrationInstanceAsync("journey", 0, new StartOrchestrationOptions("journey")), time);
        await AskAsync(() => world.Client.RaiseEventAsync("journey", "word", "w"), time);
        await AskAsync(() => world.Client.RaiseEventAsync("journey", "word", "w"), time);

        foreach (var id in new[] { "journey", "listener", "journey:child:0", "journey:child:1" })
        {
            var stored = await EndOfAsync(sound, id);
            Assert.True(stored.Header.Status == OrchestrationRuntimeStatus.Completed, $"{id}: {stored.Header.Failure}");
            var completions = stored.History.OfType<CompletionEvent>().Select(completion => completion.Id).ToArray();
            Assert.Equal(completions.Distinct(), completions);
            if (id is "journey" or "listener")
                Assert.Equal($"\"{Expected}\"", stored.Header.Output);
        }
    }

    private static async Task<object?> JourneyAsync(TaskOrchestrationContext context)
    {
        var round = context.GetInput<int>();
        var parts = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => context.CallActivityAsync<int>("ten", number)));
        var child = await context.CallSubOrchestratorAsync<int>("child", 2, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:child:{round}"));
        await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
        var flaky = await context.CallActivityAsync<int>("flaky", round, TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1), 2)));
        await context.WaitForExternalEvent<string>("word");
        if (round == 0)
        {
            context.ContinueAsNew(1);
            return null;
        }
        var text = $"{round + 1} rounds: {parts.Sum()} and {child} and {flaky}";
        context.SendEvent("listener", "news", text);
        return text;
    }

    /// <summary>As a client does that was not answered: again, until it is told that it is done.</summary>
    private static async Task AskAsync(Func<Task> request, TimeProvider time)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await request();
                return;
            }
            catch (DurableClientException exception) when (exception.Error is DurableClientError.AlreadyExists or DurableClientError.InvalidState)
            {
                // An earlier try had worked, and the instance may even have ended since.
                return;
            }
            catch (Exception) when (tries < 200)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time);
            }
        }
    }

    private static async Task<StoredInstance> EndOfAsync(IInstanceStore store, string id)
    {
        using var patience = new CancellationTokenSource(Patience.Usual);
        StoredInstance? stored;
        while ((stored = await store.LoadAsync(id, CancellationToken.None))?.Header.IsEnded != true)
        {
            Assert.False(patience.IsCancellationRequested, $"{id} is {stored?.Header.Status.ToString() ?? "not there"}: {string.Join(' ', stored?.History.Select(item => item.ToString()) ?? [])}");
            await Task.Delay(5, CancellationToken.None);
        }
        return stored!;
    }
}
