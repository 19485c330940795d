using Microsoft.AspNetCore.Builder;
using ProspectOps.Cli.Tests.FakeApp;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary><c>clay setup|push</c> against a server in this process, which tells what it was asked.</summary>
public sealed class ClayTests : IAsyncLifetime
{
    private readonly FakeBehavior _behavior = new();
    private readonly string _address = $"http://127.0.0.1:{FreePorts.Take(1)}";
    private readonly FakeServer _server;
    private readonly WebApplication _app;

    public ClayTests()
    {
        _server = new FakeServer(_behavior);
        _app = _server.Build(_address);
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Setup_prints_steps_columns_and_the_http_column()
    {
        var run = await Clay("setup", "--industry", "saas");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("/api/clay/setup-tables", """{"campaignId":null,"industry":"saas"}"""), Assert.Single(_server.ClayCalls));
        foreach (var text in new[] { "cmp_1", "1. Make a table.", "2. Add the columns.", "po_row_id            text", "!!{{found_email}}", "x-clay-webhook-auth: clay_1_once", "only run if: {{ready}}", "\"po_row_id\": {{po_row_id}}" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Contains("shown this once", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_with_the_webhooks_url_connects_the_campaign()
    {
        var run = await Clay("setup", "--campaign", "cmp_1", "--webhook-url", "https://api.clay.example/1");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("/api/clay/connection", """{"webhookUrl":"https://api.clay.example/1","authToken":null,"campaignId":"cmp_1"}"""), Assert.Single(_server.ClayCalls));
        Assert.Contains("12 of 50,000 rows sent", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_follows_the_workflow_and_sums_it_up()
    {
        var run = await Clay("push", "--campaign", "cmp_1", "--tier", "A");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(("/api/clay/push", """{"campaignId":"cmp_1","tier":"A"}"""), Assert.Single(_server.ClayCalls));
        Assert.Contains("4 people: 3 sent, 0 sent before, 1 undeliverable, 0 failed.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_that_failed_is_1_and_says_why()
    {
        _behavior.EndsAs = "Failed";

        var run = await Clay("push", "--campaign", "cmp_1", "--again", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("/api/clay/rows/push-again", Assert.Single(_server.ClayCalls).Path);
        Assert.Contains("the model was away", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("{", run.Output, StringComparison.Ordinal);
    }

    private Task<CliRun> Clay(params string[] arguments) => CliRun.ToEndAsync(["clay", .. arguments, "--url", _address, "--api-key", FakeBehavior.Key]);
}
