using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Architecture.Tests.Orchestrators;

/// <summary>Does what an orchestrator may, so that a test proves that no rule is against it.</summary>
public static class GoodOrchestrator
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var log = context.CreateReplaySafeLogger("Good");
        log.LogTrace("Begun");
        var id = context.NewGuid();
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<int>("A", i)));
        using var cancellation = new CancellationTokenSource();
        var timer = context.CreateTimer(context.CurrentUtcDateTime + Patience, cancellation.Token);
        var happened = context.WaitForExternalEvent<string>("E");
        if (await Task.WhenAny(timer, happened) == happened)
            await cancellation.CancelAsync();
        foreach (var result in results)
            await context.CallActivityAsync("B", result);
        var more = true;
        while (more)
            more = await context.CallActivityAsync<bool>("C");
        return $"{id} {results.Sum()}";
    }

    public static async Task ForeverAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        for (var i = 0; ; i++)
        {
            await context.CallActivityAsync("A");
            if (i == 100)
                break;
        }
        context.ContinueAsNew();
    }
}
