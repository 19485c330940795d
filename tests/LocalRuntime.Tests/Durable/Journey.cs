using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable;

/// <summary>Work with a bit of all: a fan-out, children, timers, retries, events in and out, and a second round. It has one right output.</summary>
internal sealed class Journey
{
    private const string Expected = "2 rounds: 30 and 3 and 7";

    private readonly int[] _tries = new int[10];

    public DurableWorld AddTo(DurableWorld world) => world
        .Orchestrator("journey", RunAsync)
        .Orchestrator("child", async context => context.GetInput<int>() + await context.CallActivityAsync<int>("one"))
        .Orchestrator("listener", async context => await context.WaitForExternalEvent<string>("news"))
        .Activity<int, int>("ten", number => number * 10)
        .Activity<object, int>("one", _ => 1)
        .Activity<int, int>("flaky", round => Interlocked.Increment(ref _tries[round]) < 3 ? throw new FormatException("not yet") : 7);

    /// <param name="client">Whom to ask, by the number of the question.</param>
    /// <param name="time">Whose time it is.</param>
    public static async Task AskForItAsync(Func<int, DurableTaskClient> client, TimeProvider time)
    {
        await AskAsync(() => client(0).ScheduleNewOrchestrationInstanceAsync("listener", null, new StartOrchestrationOptions("listener")), time);
        await AskAsync(() => client(1).ScheduleNewOrchestrationInstanceAsync("journey", 0, new StartOrchestrationOptions("journey")), time);
        await AskAsync(() => client(2).RaiseEventAsync("journey", "word", "w"), time);
        await AskAsync(() => client(3).RaiseEventAsync("journey", "word", "w"), time);
    }

    public static async Task UntilItEndsAsync(IInstanceStore store)
    {
        foreach (var id in new[] { "journey", "listener", "journey:child:0", "journey:child:1" })
        {
            var stored = await EndOfAsync(store, id);
            Assert.True(stored.Header.Status == OrchestrationRuntimeStatus.Completed, $"{id}: {stored.Header.Failure}");
            var completions = stored.History.OfType<CompletionEvent>().Select(completion => completion.Id).ToArray();
            Assert.Equal(completions.Distinct(), completions);
            if (id is "journey" or "listener")
                Assert.Equal($"\"{Expected}\"", stored.Header.Output);
        }
    }

    private static async Task<object?> RunAsync(TaskOrchestrationContext context)
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
