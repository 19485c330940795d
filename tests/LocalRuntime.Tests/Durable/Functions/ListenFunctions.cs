using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ProspectOps.LocalRuntime.Tests.Durable.Functions;

/// <summary>What the management API is tried on.</summary>
public static class ListenFunctions
{
    [Function("Listen")]
    public static Task<string> Listen([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("go");

    [Function("Fail")]
    public static Task<string> Fail([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no");
}
