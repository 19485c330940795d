using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ProspectOps.LocalRuntime.Process;

/// <summary>Work that takes a while: a chain of activities with a timer, a child with a fan-out, and the word to end.</summary>
public sealed class WorkFunctions
{
    public const int Width = 10;

    [Function("Start")]
    public static async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "work/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync("Work", 5, new StartOrchestrationOptions(id), request.HttpContext.RequestAborted);
        return Results.Accepted();
    }

    [Function("End")]
    public static async Task<IResult> End(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "work/{id}/end")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        await client.RaiseEventAsync(id, "end", "now", request.HttpContext.RequestAborted);
        return Results.Accepted();
    }

    [Function("Work")]
    public static async Task<int> Work([OrchestrationTrigger] TaskOrchestrationContext context, int steps)
    {
        var sum = 0;
        for (var step = 1; step <= steps; step++)
            sum += await context.CallActivityAsync<int>("Step", step);
        await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        sum += await context.CallSubOrchestratorAsync<int>("Part", Width, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:part"));
        context.SetCustomStatus("waiting");
        await context.WaitForExternalEvent<string>("end");
        return sum;
    }

    [Function("Part")]
    public static async Task<int> Part([OrchestrationTrigger] TaskOrchestrationContext context, int width) =>
        (await Task.WhenAll(Enumerable.Range(0, width).Select(_ => context.CallActivityAsync<int>("Step", 1)))).Sum();

    [Function("Step")]
    public static async Task<int> Step([ActivityTrigger] int step, CancellationToken cancellationToken)
    {
        await Task.Delay(20, cancellationToken);
        return step;
    }
}
