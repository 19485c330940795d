using System.Net;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Queues;

[Collection(WorkerStorage.Name)]
public sealed class OutputTests(AzuriteFixture azurite)
{
    private readonly string _name = $"o{Guid.NewGuid():N}";
    private readonly Received _received = new();

    private QueueClient Output => new(azurite.ConnectionString, _name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    [Theory]
    [InlineData("text", "plain \u00fc")]
    [InlineData("bytes", "\u0001\u0002")]
    [InlineData("object", """{"Number":1}""")]
    [InlineData("array", """{"Number":1}""", """{"Number":2}""", """{"Number":3}""")]
    [InlineData("texts", "a", "b")]
    [InlineData("dictionary", """{"a":1}""")]
    public async Task S23_What_is_returned_becomes_messages(string what, params string[] messages)
    {
        await using var host = await StartAsync(typeof(OutputFunctions.ByHttp));

        var response = await host.Client.PostAsync($"/api/sends/{what}", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(what, await response.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(async () => (await PeekAsync()).Count == messages.Length);
        Assert.Equal(messages, await PeekAsync());
    }

    [Theory]
    [InlineData("null", HttpStatusCode.Accepted)]
    [InlineData("throws", HttpStatusCode.InternalServerError)]
    public async Task S23_Null_and_a_failure_send_nothing(string what, HttpStatusCode status)
    {
        await using var host = await StartAsync(typeof(OutputFunctions.ByHttp));

        Assert.Equal(status, (await host.Client.PostAsync($"/api/sends/{what}", null)).StatusCode);
        await host.Client.PostAsync("/api/sends/text", null);

        await Eventually.TrueAsync(async () => (await PeekAsync()).Count > 0);
        Assert.Single(await PeekAsync());
    }

    [Fact]
    public async Task S23_The_client_has_its_answer_before_an_output_that_fails()
    {
        await using var host = await StartAsync(typeof(OutputFunctions.ByHttp));

        var response = await host.Client.PostAsync("/api/sends/large", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("large", await response.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(() => host.Log.Errors.Any(error => error.Text.StartsWith("Function Sends failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Middleware_sees_and_changes_outputs()
    {
        await using var host = await StartAsync(typeof(OutputFunctions.ByHttp), builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            var output = Assert.Single(context.GetOutputBindings<string>());
            Assert.Equal(("Messages", "queue"), (output.Name, output.BindingType));
            output.Value = $"{output.Value}, changed";
        }));

        await host.Client.PostAsync("/api/sends/text", null);

        await Eventually.TrueAsync(async () => (await PeekAsync()) is ["plain \u00fc, changed"]);
    }

    [Fact]
    public async Task S23_A_queue_function_forwards_what_it_returns_and_its_failure_sends_nothing()
    {
        var input = new QueueClient(azurite.ConnectionString, $"i{Guid.NewGuid():N}", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await input.CreateAsync();
        var failures = 2;
        _received.Behaviour = _ => Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("no") : Task.CompletedTask;
        await input.SendMessageAsync("one");
        await using var host = await StartAsync(typeof(OutputFunctions.ByQueue), input: input.Name);

        await Eventually.TrueAsync(async () => (await PeekAsync()).Count > 0);
        await input.SendMessageAsync("nothing");

        await Eventually.TrueAsync(async () => _received.Calls.Count == 4 && (await input.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);
        Assert.Equal(["forwarded one"], await PeekAsync());
    }

    private async Task<List<string>> PeekAsync() => await Output.ExistsAsync()
        ? [.. (await Output.PeekMessagesAsync(32)).Value.Select(message => message.MessageText)]
        : [];

    private Task<WorkerHost> StartAsync(Type function, Action<FunctionsApplicationBuilder>? configure = null, string input = "unused") => WorkerHost.StartAsync(
        [function],
        builder =>
        {
            builder.Services.AddSingleton(_received);
            builder.ConfigureFunctionsWebApplication();
            configure?.Invoke(builder);
        },
        hostJson: """{ "version": "2.0", "extensions": { "queues": { "maxPollingInterval": "00:00:00.2" } } }""",
        settings: [$"AzureWebJobsStorage={azurite.ConnectionString}", $"OutputQueue={_name}", $"InputQueue={input}"]);
}
