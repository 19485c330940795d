using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ProspectOps.Architecture.Tests.Orchestrators;

/// <summary>Each breaks one rule, so that a test proves that the rule sees it. None is ever run.</summary>
public static class BadOrchestrators
{
    private static int s_count;

    public static DateTime Now([OrchestrationTrigger] TaskOrchestrationContext context) => DateTime.UtcNow;

    public static DateTimeOffset Provided([OrchestrationTrigger] TaskOrchestrationContext context) => TimeProvider.System.GetUtcNow();

    public static long Watched([OrchestrationTrigger] TaskOrchestrationContext context) => Stopwatch.GetTimestamp();

    public static async Task<Guid> NewGuid([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("A");
        return Guid.NewGuid();
    }

    public static int Chance([OrchestrationTrigger] TaskOrchestrationContext context) => Random.Shared.Next();

    public static async Task Delayed([OrchestrationTrigger] TaskOrchestrationContext context) => await Task.Delay(1);

    public static void Slept([OrchestrationTrigger] TaskOrchestrationContext context) => Thread.Sleep(1);

    public static Task Ran([OrchestrationTrigger] TaskOrchestrationContext context) => Task.Run(() => { });

    public static Task Continued([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync("A").ContinueWith(_ => { }, TaskScheduler.Current);

    public static async Task Looped([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        while (true)
        {
            if (await context.CallActivityAsync<bool>("A"))
                return;
            await context.CreateTimer(TimeSpan.FromMinutes(1), default);
        }
    }

    public static async Task LoopedOverFailures([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        while (true)
        {
            try
            {
                await context.CallActivityAsync("A");
            }
            catch (TaskFailedException)
            {
                return;
            }
        }
    }

    public static async Task Configured([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<int>("A").ConfigureAwait(false);

    public static string Read([OrchestrationTrigger] TaskOrchestrationContext context) => File.ReadAllText("x");

    public static async Task Requested([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri("http://x.example"));
    }

    public static string? Variable([OrchestrationTrigger] TaskOrchestrationContext context) => Environment.GetEnvironmentVariable("X");

    public static string? Configuration([OrchestrationTrigger] TaskOrchestrationContext context) => new ConfigurationManager()["X"];

    public static int Counted([OrchestrationTrigger] TaskOrchestrationContext context) => ++s_count;

    /// <summary>Through a lambda and a method beside it.</summary>
    public static DateTime[] Hidden([OrchestrationTrigger] TaskOrchestrationContext context) => [.. new[] { 1 }.Select(_ => Aside())];

    public static void Logged([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function) => function.GetLogger("x");

    public static Task Tokened([OrchestrationTrigger] TaskOrchestrationContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    public static Task Bound([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => Task.CompletedTask;

    private static DateTime Aside() => DateTime.Now;

    public sealed class Injected(ILogger<Injected> log)
    {
        public bool Run([OrchestrationTrigger] TaskOrchestrationContext context) => log.IsEnabled(LogLevel.Debug);
    }
}
