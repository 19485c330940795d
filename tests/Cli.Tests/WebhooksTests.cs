using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProspectOps.Cli.Tests.FakeApp;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary><c>webhooks endpoints|deliveries|dead-letters|replay|test</c> against a server in this process, which tells what it was asked.</summary>
public sealed class WebhooksTests : IAsyncLifetime
{
    private const string Endpoint = """{"endpointId":"whe_1","url":"https://crm.example/hooks","events":["prospect.ready"],"status":"active"}""";
    private const string Delivery = """{"deliveryId":"dlv_1","endpointId":"whe_1","eventType":"prospect.ready","status":"retrying","attempts":[{"at":"2026-01-01T10:00:00Z","status":503,"latencyMs":4}],"nextAttemptAt":"2026-01-01T10:05:00Z"}""";
    private const string Problem404 = """{"type":"/api/errors/endpoint_not_found","title":"Not found","status":404,"code":"endpoint_not_found","detail":"There is no such endpoint.","fix":"List them with GET /api/webhooks/endpoints."}""";

    private readonly string _address = $"http://127.0.0.1:{FreePorts.Take(1)}";
    private readonly ConcurrentQueue<(string Call, string Body)> _calls = new();
    private readonly Dictionary<string, (int Status, string Body)> _answers = [];
    private readonly WebApplication _app;

    public WebhooksTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Endpoints_are_listed_with_why_they_are_disabled()
    {
        Answer("GET /api/webhooks/endpoints", $$"""{"items":[{{Endpoint}},{"endpointId":"whe_2","url":"https://old.example/","events":["*"],"status":"disabled","disabledReason":"gone"}],"nextCursor":null}""");

        var run = await Webhooks("endpoints", "list");

        Assert.Equal(0, run.ExitCode);
        foreach (var text in new[] { "whe_1", "active", "prospect.ready", "https://crm.example/hooks", "whe_2", "disabled: gone" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_endpoint_hears_everything_unless_told_and_its_secret_is_shown()
    {
        Answer("POST /api/webhooks/endpoints", """{"endpointId":"whe_1","status":"pending","secret":"whsec_once"}""", 201);

        var all = await Webhooks("endpoints", "add", "https://crm.example/hooks");
        var some = await Webhooks("endpoints", "add", "https://crm.example/hooks", "--events", "prospect.ready", "campaign.completed", "--json");

        Assert.Equal((0, 0), (all.ExitCode, some.ExitCode));
        Assert.Contains("whe_1 is pending; its secret, shown this once: whsec_once", all.Output, StringComparison.Ordinal);
        Assert.StartsWith("{", some.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["""{"url":"https://crm.example/hooks","events":["*"]}""", """{"url":"https://crm.example/hooks","events":["prospect.ready","campaign.completed"]}"""], _calls.Select(call => call.Body));
    }

    [Theory]
    [InlineData("endpoints show whe_1", "GET /api/webhooks/endpoints/whe_1", "")]
    [InlineData("endpoints enable whe_1", "POST /api/webhooks/endpoints/whe_1/enable", "{}")]
    [InlineData("endpoints rotate whe_1", "POST /api/webhooks/endpoints/whe_1/rotate-secret", "{}")]
    [InlineData("endpoints schedule whe_1", "GET /api/webhooks/endpoints/whe_1/schedule", "")]
    [InlineData("endpoints delete whe_1", "DELETE /api/webhooks/endpoints/whe_1", "")]
    [InlineData("deliveries show dlv_1", "GET /api/webhooks/deliveries/dlv_1", "")]
    [InlineData("deliveries retry dlv_1", "POST /api/webhooks/deliveries/dlv_1/retry", "{}")]
    [InlineData("dead-letters retry dlv_1", "POST /api/webhooks/dead-letters/dlv_1/retry", "{}")]
    [InlineData("dead-letters retry clu_1", "POST /api/webhooks/dead-letters/clusters/clu_1/retry", "{}")]
    [InlineData("dead-letters retry-all", "POST /api/webhooks/dead-letters/retry-all", "{}")]
    [InlineData("dead-letters retry-all --endpoint whe_1", "POST /api/webhooks/dead-letters/retry-all", """{"endpointId":"whe_1"}""")]
    [InlineData("dead-letters purge --endpoint whe_1 --search 503", "DELETE /api/webhooks/dead-letters?endpointId=whe_1&search=503", "")]
    [InlineData("replay whe_1 --since 2026-01-01T00:00:00Z", "POST /api/webhooks/endpoints/whe_1/replay", """{"since":"2026-01-01T00:00:00+00:00","dryRun":false}""")]
    [InlineData("replay whe_1 --since 2026-01-01T00:00:00Z --dry-run", "POST /api/webhooks/endpoints/whe_1/replay", """{"since":"2026-01-01T00:00:00+00:00","dryRun":true}""")]
    public async Task Command_is_one_call_and_shows_what_it_answered(string arguments, string call, string body)
    {
        Answer(call, """{"endpointId":"whe_1","events":4}""");

        var run = await Webhooks(arguments.Split(' '));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal((call, body), Assert.Single(_calls));
        Assert.Contains("endpointId: whe_1", run.Output, StringComparison.Ordinal);
        Assert.Contains("events: 4", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_without_a_body_says_what_was_deleted()
    {
        Answer("DELETE /api/webhooks/endpoints/whe_1", "", 204);

        var run = await Webhooks("endpoints", "delete", "whe_1");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("deleted: whe_1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_are_listed_page_by_page_by_what_is_asked_for()
    {
        Answer("GET /api/webhooks/deliveries?endpointId=whe_1&status=retrying", $$"""{"items":[{{Delivery}}],"nextCursor":"next"}""");
        Answer("GET /api/webhooks/deliveries?endpointId=whe_1&status=retrying&cursor=next", $$"""{"items":[{{Delivery.Replace("dlv_1", "dlv_2", StringComparison.Ordinal)}}],"nextCursor":null}""");

        var run = await Webhooks("deliveries", "list", "--endpoint", "whe_1", "--status", "retrying");

        Assert.Equal(0, run.ExitCode);
        foreach (var text in new[] { "dlv_1", "dlv_2", "retrying", "2026-01-01T10:05:00Z" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task Dead_letters_and_their_causes_are_listed()
    {
        Answer("GET /api/webhooks/dead-letters", """{"items":[{"deliveryId":"dlv_1","eventType":"prospect.ready","cause":"answered 503, after 8 attempts","deadAt":"2026-01-01T10:00:00Z","expiresAt":"2026-02-01T00:00:00Z"}],"nextCursor":null}""");
        Answer("GET /api/webhooks/dead-letters/clusters", """{"items":[{"clusterId":"clu_1","count":12,"endpointId":"whe_1","cause":"answered 503","answer":"down"}],"nextCursor":null}""");

        var letters = await Webhooks("dead-letters", "list");
        var clusters = await Webhooks("dead-letters", "clusters", "--json");

        Assert.Equal((0, 0), (letters.ExitCode, clusters.ExitCode));
        Assert.Contains("dlv_1", letters.Output, StringComparison.Ordinal);
        Assert.Contains("\"clu_1\"", clusters.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Test_says_by_its_exit_code_whether_the_receiver_took_it(bool delivered, int exitCode)
    {
        Answer("POST /api/webhooks/endpoints/whe_1/test", $$"""{"delivered":{{(delivered ? "true" : "false")}},"status":{{(delivered ? 204 : 500)}},"latencyMs":3.2}""");

        var run = await Webhooks("test", "whe_1");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains($"status: {(delivered ? 204 : 500)}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_api_refuses_is_1_with_its_reason_and_its_fix()
    {
        var run = await Webhooks("endpoints", "show", "whe_unknown");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("There is no such endpoint.", run.Error, StringComparison.Ordinal);
        Assert.Contains("List them with GET /api/webhooks/endpoints.", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("replay whe_1", "--since")]
    [InlineData("replay whe_1 --since yesterday", "--since")]
    [InlineData("deliveries list --status lost", "retrying")]
    [InlineData("endpoints show", "argument missing for command: 'show'")]
    [InlineData("endpoints add", "argument missing for command: 'add'")]
    public async Task Wrong_usage_is_2_and_names_what_is_missing_and_asks_nobody(string arguments, string names)
    {
        var run = await Webhooks(arguments.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(names, run.Error, StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Theory]
    [InlineData("", "endpoints", "deliveries", "dead-letters", "replay", "test")]
    [InlineData("endpoints", "list", "add", "show", "enable", "rotate", "schedule", "delete")]
    [InlineData("deliveries", "list", "show", "retry")]
    [InlineData("dead-letters", "list", "clusters", "retry", "retry-all", "purge")]
    public async Task Help_names_every_command(string group, params string[] commands)
    {
        var run = await CliRun.ToEndAsync(["webhooks", .. group.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.All(commands, command => Assert.Contains($"  {command} ", run.Output, StringComparison.Ordinal));
    }

    private void Answer(string call, string body, int status = 200) => _answers[call] = (status, body);

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var call = $"{context.Request.Method} {context.Request.Path}{WebUtility.UrlDecode(context.Request.QueryString.Value)}";
        // How many a page holds is the client's own affair.
        call = System.Text.RegularExpressions.Regex.Replace(call, "(?<=[?&])limit=\\d+&?", "").TrimEnd('?', '&');
        _calls.Enqueue((call, await reader.ReadToEndAsync()));
        Assert.Equal(FakeBehavior.Key, context.Request.Headers["X-API-Key"].ToString());
        var (status, body) = _answers.GetValueOrDefault(call, (404, Problem404));
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        if (body.Length > 0)
            await context.Response.WriteAsync(body);
    }

    private Task<CliRun> Webhooks(params string[] arguments) => CliRun.ToEndAsync(["webhooks", .. arguments, "--url", _address, "--api-key", FakeBehavior.Key]);
}
