using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ProspectOps.LocalRuntime.Tests.Durable.Functions;

/// <summary>What the management API is tried on.</summary>
public static class ListenFunctions
{
    [Function("Listen")]
    public static Task<string> Listen([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("go");

    [Function("Fail")]
    public static Task<string> Fail([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no");

    [Function("Begin")]
    public static async Task<HttpResponseData> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "begin/{id}")] HttpRequestData request, string id, [DurableClient] DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync("Listen", null, new StartOrchestrationOptions(id));
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    /// <summary>Waits so many milliseconds at most.</summary>
    [Function("Wait")]
    public static async Task<HttpResponseData> Wait(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait/{id}/{most}")] HttpRequestData request, string id, int most, [DurableClient] DurableTaskClient client)
    {
        using var limit = new CancellationTokenSource(most);
        return await client.WaitForCompletionOrCreateCheckStatusResponseAsync(
            request, id, TimeSpan.FromMilliseconds(10), returnInternalServerErrorOnFailure: true, getInputsAndOutputs: true, limit.Token);
    }

    [Function("Links")]
    public static IResult Links([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "links/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client) =>
        Results.Text(JsonSerializer.Serialize(client.CreateHttpManagementPayload(id)), "application/json");
}
