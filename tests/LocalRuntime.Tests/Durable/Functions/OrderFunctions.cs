using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Tests.Durable.Functions;

/// <summary>Orchestrator, activities and starter as an app writes them.</summary>
public sealed partial class OrderFunctions
{
    public sealed record Order(int Number, string Item);

    [Function("StartOrder")]
    public static async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{number:int}")] HttpRequest request, int number, [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(
            "RunOrder", new Order(number, "tea"), new StartOrchestrationOptions($"order-{number}"), request.HttpContext.RequestAborted);
        var end = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted);
        return Results.Text(end.SerializedOutput ?? end.FailureDetails?.ToString());
    }

    [Function("RunOrder")]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, Order? order)
    {
        var log = context.CreateReplaySafeLogger<OrderFunctions>();
        Report(log, order!.Number, "begins");
        var packed = await context.CallActivityAsync<string>("Pack", order);
        Report(log, order!.Number, "packed");
        var sent = await context.CallActivityAsync<string>(nameof(Send), packed);
        Report(log, order!.Number, "sent");
        return sent;
    }

    [Function("Pack")]
    public static Task<string> Pack([ActivityTrigger] Order order, FunctionContext context, string instanceId) =>
        Task.FromResult($"{order.Item} x{order.Number} for {instanceId}");

    [Function(nameof(Send))]
    public string Send([ActivityTrigger] string parcel, CancellationToken cancellationToken) => $"sent {parcel}";

    [LoggerMessage(1, LogLevel.Information, "order {Number} {Step}")]
    private static partial void Report(ILogger log, int number, string step);
}
