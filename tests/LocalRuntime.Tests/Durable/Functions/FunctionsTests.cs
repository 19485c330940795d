using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.LocalRuntime.Tests.Worker;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable.Functions;

public sealed class FunctionsTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task S32_an_app_runs_an_orchestration_and_logs_each_line_once()
    {
        await using var host = await StartAsync(typeof(OrderFunctions));

        using var response = await host.Client.PostAsync(new Uri("/api/orders/3", UriKind.Relative), null);

        Assert.Equal("\"sent tea x3 for order-3\"", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            ["order 3 begins", "order 3 packed", "order 3 sent"],
            host.Log.Lines.Select(line => line.Text).Where(text => text.StartsWith("order 3", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_orchestrator_with_another_binding_stops_the_start()
    {
        var refusal = await Assert.ThrowsAsync<FunctionStartupException>(() => StartAsync(typeof(WrongFunctions)));

        Assert.Contains("Wrong", refusal.Message, StringComparison.Ordinal);
    }

    private Task<WorkerHost> StartAsync(Type functions) => WorkerHost.StartAsync(
        [functions],
        hostJson: """{ "version": "2.0", "extensions": { "durableTask": { "hubName": "Orders", "maxConcurrentActivityFunctions": 4 } } }""",
        settings: [$"AzureWebJobsStorage={azurite.ConnectionString}"]);

    public static class WrongFunctions
    {
        [Function("Wrong")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] Microsoft.DurableTask.Client.DurableTaskClient client) =>
            Task.CompletedTask;
    }
}
