using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ProspectOps.Bench.Orchestrations;

/// <summary>Loads, run where the engine runs: nothing is measured but the engine. Each answers with its figures.</summary>
public static class OrchestrationFunctions
{
    private const int AtOnce = 64;

    /// <summary>All that are in here, to be left out where something else is measured.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(OrchestrationFunctions).GetMethods().Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>()];

    [Function("One")]
    public static Task<int> One([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<int>("Add", 1);

    [Function("Fan")]
    public static async Task<int> Fan([OrchestrationTrigger] TaskOrchestrationContext context, int width) =>
        (await Task.WhenAll(Enumerable.Range(0, width).Select(number => context.CallActivityAsync<int>("Add", number)))).Length;

    [Function("Tree")]
    public static async Task<int> Tree([OrchestrationTrigger] TaskOrchestrationContext context, int[] shape)
    {
        var done = 0;
        for (var branch = 0; branch < shape[0]; branch++)
            done += await context.CallSubOrchestratorAsync<int>("Fan", shape[1]);
        return done;
    }

    [Function("Add")]
    public static int Add([ActivityTrigger] int number) => number + 1;

    [Function("Many")]
    public static async Task<IResult> Many(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "many/{count:int}")] HttpRequest request, int count, [DurableClient] DurableTaskClient client)
    {
        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= count)
                await RunAsync(client, "One", null, request.HttpContext.RequestAborted);
        }));
        return Results.Ok(new OrchestrationFigures(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 0));
    }

    [Function("FanOut")]
    public static Task<IResult> FanOut(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "fan-out/{width:int}")] HttpRequest request, int width, [DurableClient] DurableTaskClient client) =>
        WatchedAsync(() => RunAsync(client, "Fan", width, request.HttpContext.RequestAborted));

    [Function("Large")]
    public static Task<IResult> Large(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tree/{branches:int}/{width:int}")] HttpRequest request, int branches, int width, [DurableClient] DurableTaskClient client) =>
        WatchedAsync(() => RunAsync(client, "Tree", new[] { branches, width }, request.HttpContext.RequestAborted));

    [Function("RoundTrip")]
    public static async Task<IResult> RoundTrip(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "round-trip/{count:int}")] HttpRequest request, int count, [DurableClient] DurableTaskClient client)
    {
        var times = new double[count];
        for (var number = 0; number < count; number++)
        {
            var started = Stopwatch.GetTimestamp();
            await RunAsync(client, "One", null, request.HttpContext.RequestAborted);
            times[number] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        return Results.Ok(new OrchestrationFigures(times.Sum() / 1_000, times[count / 2], 0));
    }

    [Function("Calls")]
    public static IResult Calls([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls")] HttpRequest request) => Results.Ok(OutgoingCalls.Now);

    private static async Task RunAsync(DurableTaskClient client, string name, object? input, CancellationToken cancellationToken)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(new TaskName(name), input, null, cancellationToken);
        var end = await client.WaitForInstanceCompletionAsync(id, cancellation: cancellationToken);
        if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} is {end.RuntimeStatus}: {end.FailureDetails}"));
    }

    /// <summary>Looks at the heap all the while.</summary>
    private static async Task<IResult> WatchedAsync(Func<Task> run)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        var started = Stopwatch.GetTimestamp();
        var work = run();
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(10));
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        }
        await work;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return Results.Ok(new OrchestrationFigures(seconds, 0, (peak - before) / 1e6));
    }
}
