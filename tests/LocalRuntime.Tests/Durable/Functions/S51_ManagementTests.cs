using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ProspectOps.LocalRuntime.Tests.Worker;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Durable.Functions;

/// <summary>The management API. Source: HttpApiHandler of the Durable Functions extension.</summary>
public sealed class S51_ManagementTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const string Base = "/runtime/webhooks/durabletask";
    private const string Key = "code=k%2B1";
    private WorkerHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await WorkerHost.StartAsync(
        [typeof(ListenFunctions)],
        hostJson: $$"""{ "version": "2.0", "extensions": { "durableTask": { "hubName": "M{{Guid.NewGuid():N}}" } } }""",
        settings: [$"AzureWebJobsStorage={azurite.ConnectionString}", "LocalRuntime:Keys:durabletask_extension=k+1", "LocalRuntime:Keys:default=d"]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "instances")]
    [InlineData("GET", "instances/x")]
    [InlineData("DELETE", "instances")]
    [InlineData("DELETE", "instances/x")]
    [InlineData("POST", "instances/x/raiseEvent/go")]
    [InlineData("POST", "instances/x/terminate")]
    [InlineData("POST", "instances/x/suspend")]
    [InlineData("POST", "instances/x/resume")]
    [InlineData("POST", "instances/x/restart")]
    [InlineData("POST", "orchestrators/Listen")]
    [InlineData("POST", "orchestrators/Listen/x")]
    public async Task S51_a_wrong_key_is_401_at_every_route(string method, string path)
    {
        foreach (var query in new[] { "", "?code=wrong", "?code=d" })
        {
            using var reply = await SendAsync(method, $"{path}{query}");
            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET", "instances/none", 404)]
    [InlineData("DELETE", "instances/none", 404)]
    [InlineData("POST", "instances/none/raiseEvent/go", 404)]
    [InlineData("POST", "instances/none/terminate", 404)]
    [InlineData("POST", "instances/none/suspend", 404)]
    [InlineData("POST", "instances/none/resume", 404)]
    [InlineData("POST", "instances/none/restart", 400)]
    [InlineData("POST", "orchestrators/None", 400)]
    [InlineData("DELETE", "instances", 400)]
    [InlineData("DELETE", "instances?createdTimeFrom=2001-01-01&createdTimeTo=2001-01-02", 404)]
    public async Task S51_what_does_not_exist_is_refused(string method, string path, int status)
    {
        using var reply = await SendAsync(method, WithKey(path), "1");

        Assert.Equal(status, (int)reply.StatusCode);
    }

    [Fact]
    public async Task S51_an_instance_is_started_watched_steered_and_ended()
    {
        using var started = await SendAsync("POST", WithKey("orchestrators/Listen/one"), "\"in\"");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), started.Headers.RetryAfter!.Delta);
        var links = await ReadAsync(started);
        Assert.Equal("one", links["id"]!.GetValue<string>());
        Assert.Equal(started.Headers.Location!.ToString(), links["statusQueryGetUri"]!.GetValue<string>());
        Assert.EndsWith(Key, links["statusQueryGetUri"]!.GetValue<string>(), StringComparison.Ordinal);
        using (var again = await SendAsync("POST", WithKey("orchestrators/Listen/one"), "\"in\""))
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using (var broken = await SendAsync("POST", WithKey("orchestrators/Listen/two"), "{"))
            Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);

        var running = await UntilAsync("one", "Running");
        Assert.Equal(HttpStatusCode.Accepted, running.Status);
        Assert.Equal("Listen", running.Body["name"]!.GetValue<string>());
        Assert.Equal("in", running.Body["input"]!.GetValue<string>());
        using (var status = await _host.Client.GetAsync(started.Headers.Location))
        {
            Assert.Equal(TimeSpan.FromSeconds(5), status.Headers.RetryAfter!.Delta);
            Assert.Equal(started.Headers.Location, status.Headers.Location);
        }
        using (var without = await SendAsync("GET", WithKey("instances/one?showInput=false")))
            Assert.Null((await ReadAsync(without))["input"]);
        using (var live = await SendAsync("DELETE", WithKey("instances/one")))
            Assert.Equal(HttpStatusCode.PreconditionFailed, live.StatusCode);

        await AcceptedAsync("instances/one/suspend?reason=tea");
        Assert.Equal(HttpStatusCode.Accepted, (await UntilAsync("one", "Suspended")).Status);
        await AcceptedAsync("instances/one/resume?reason=done");
        await UntilAsync("one", "Running");

        using (var text = await SendAsync("POST", WithKey("instances/one/raiseEvent/go"), "\"out\"", "text/plain"))
            Assert.Equal(HttpStatusCode.BadRequest, text.StatusCode);
        using (var broken = await SendAsync("POST", WithKey("instances/one/raiseEvent/go"), "{"))
            Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        await AcceptedAsync("instances/one/raiseEvent/go", "\"out\"");
        var ended = await UntilAsync("one", "Completed");
        Assert.Equal(HttpStatusCode.OK, ended.Status);
        Assert.Equal("out", ended.Body["output"]!.GetValue<string>());

        foreach (var path in new[] { "raiseEvent/go", "terminate", "suspend", "resume" })
        {
            using var gone = await SendAsync("POST", WithKey($"instances/one/{path}"), "1");
            Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        }
        using (var history = await SendAsync("GET", WithKey("instances/one?showHistory=true&showHistoryOutput=true")))
        {
            var events = (await ReadAsync(history))["historyEvents"]!.AsArray();
            Assert.Equal(
                ["ExecutionStarted", "ExecutionSuspended", "ExecutionResumed", "EventRaised", "ExecutionCompleted"],
                events.Select(item => item!["EventType"]!.GetValue<string>()));
            Assert.Equal("out", events[^1]!["Result"]!.GetValue<string>());
        }

        using (var restarted = await SendAsync("POST", WithKey("instances/one/restart?restartWithNewInstanceId=false")))
            Assert.Equal("one", (await ReadAsync(restarted))["id"]!.GetValue<string>());
        using (var live = await SendAsync("POST", WithKey("instances/one/restart?restartWithNewInstanceId=false")))
            Assert.Equal(HttpStatusCode.Conflict, live.StatusCode);
        await AcceptedAsync("instances/one/terminate?reason=enough");
        Assert.Equal("enough", (await UntilAsync("one", "Terminated")).Body["output"]!.GetValue<string>());
        using var purged = await SendAsync("DELETE", WithKey("instances/one"));
        Assert.Equal("""{"instancesDeleted":1}""", await purged.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task S51_a_failed_instance_is_500_only_where_that_was_asked_for()
    {
        await AcceptedAsync("orchestrators/Fail/f");

        var failed = await UntilAsync("f", "Failed");

        Assert.Equal(HttpStatusCode.OK, failed.Status);
        Assert.Equal("System.InvalidOperationException: no", failed.Body["output"]!.GetValue<string>());
        using var asError = await SendAsync("GET", WithKey("instances/f?returnInternalServerErrorOnFailure=true"));
        Assert.Equal(HttpStatusCode.InternalServerError, asError.StatusCode);
    }

    [Fact]
    public async Task S51_a_listing_goes_on_where_its_token_says_and_many_are_purged_at_once()
    {
        for (var number = 0; number < 5; number++)
            await AcceptedAsync($"orchestrators/Fail/list-{number}");
        for (var number = 0; number < 5; number++)
            await UntilAsync($"list-{number}", "Failed");
        await AcceptedAsync("orchestrators/Listen/list-live");

        var found = new List<string>();
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{Base}/{WithKey("instances?top=2&runtimeStatus=Failed,Terminated&instanceIdPrefix=list-")}");
            if (token is not null)
                request.Headers.Add("x-ms-continuation-token", token);
            using var reply = await _host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            var page = (await ReadAsync(reply)).AsArray();
            Assert.InRange(page.Count, 0, 2);
            found.AddRange(page.Select(item => item!["instanceId"]!.GetValue<string>()));
            token = reply.Headers.GetValues("x-ms-continuation-token").Single();
        }
        while (token.Length > 0);
        Assert.Equal(["list-0", "list-1", "list-2", "list-3", "list-4"], found.Order(StringComparer.Ordinal));

        using var purged = await SendAsync("DELETE", WithKey("instances?createdTimeFrom=2001-01-01&runtimeStatus=Failed"));
        Assert.Equal(HttpStatusCode.OK, purged.StatusCode);
        Assert.True((await ReadAsync(purged))["instancesDeleted"]!.GetValue<int>() >= 5);
        using var left = await SendAsync("GET", WithKey("instances?instanceIdPrefix=list-"));
        Assert.Equal("list-live", Assert.Single((await ReadAsync(left)).AsArray())!["instanceId"]!.GetValue<string>());
    }

    [Fact]
    public async Task S51_who_starts_an_instance_is_given_addresses_that_work()
    {
        using var begun = await _host.Client.PostAsync(new Uri("/api/begin/mine?x=1", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var links = await ReadAsync(begun);
        Assert.Equal("mine", links["Id"]!.GetValue<string>());
        Assert.Equal(begun.Headers.Location!.OriginalString, links["StatusQueryGetUri"]!.GetValue<string>());
        Assert.Contains("/instances/mine/terminate?reason={{text}}&", links["TerminatePostUri"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(links["RewindPostUri"]);
        Assert.Null(links["RestartPostUri"]);

        // The same without a request: as the server listens.
        Assert.Equal(links.ToJsonString(), (await ReadAsync(await _host.Client.GetAsync(new Uri("/api/links/mine", UriKind.Relative)))).ToJsonString());
        using var status = await _host.Client.GetAsync(begun.Headers.Location);
        Assert.Equal(HttpStatusCode.Accepted, status.StatusCode);
        using var content = new StringContent("1", Encoding.UTF8, "application/json");
        using var told = await _host.Client.PostAsync(links["SendEventPostUri"]!.GetValue<string>().Replace("{eventName}", "go", StringComparison.Ordinal), content);
        Assert.Equal(HttpStatusCode.Accepted, told.StatusCode);
    }

    [Fact]
    public async Task S51_who_waits_gets_the_end_or_addresses_where_it_does_not_come_in_time()
    {
        await AcceptedAsync("orchestrators/Listen/waited", "\"in\"");
        using (var early = await _host.Client.GetAsync(new Uri("/api/wait/waited/50", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.Accepted, early.StatusCode);
            Assert.Equal(early.Headers.Location!.OriginalString, (await ReadAsync(early))["StatusQueryGetUri"]!.GetValue<string>());
        }
        var waiting = _host.Client.GetAsync(new Uri($"/api/wait/waited/{Patience.Usual.TotalMilliseconds:0}", UriKind.Relative));
        await AcceptedAsync("instances/waited/raiseEvent/go", "\"out\"");
        using (var ended = await waiting)
        {
            Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
            var state = await ReadAsync(ended);
            Assert.Equal(("waited", "Completed", "\"in\"", "\"out\""), (Text("InstanceId"), Text("RuntimeStatus"), Text("SerializedInput"), Text("SerializedOutput")));

            string Text(string name) => state[name]!.GetValue<string>();
        }
        await AcceptedAsync("orchestrators/Fail/waited-fail");
        using var failed = await _host.Client.GetAsync(new Uri($"/api/wait/waited-fail/{Patience.Usual.TotalMilliseconds:0}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    }

    private async Task AcceptedAsync(string path, string? body = null)
    {
        using var reply = await SendAsync("POST", WithKey(path), body);
        Assert.True(reply.StatusCode == HttpStatusCode.Accepted, $"{path}: {reply.StatusCode} {await reply.Content.ReadAsStringAsync()}");
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> UntilAsync(string id, string status)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            using var reply = await SendAsync("GET", WithKey($"instances/{id}"));
            var body = await ReadAsync(reply);
            if (body["runtimeStatus"]!.GetValue<string>() == status)
                return (reply.StatusCode, body);
            Assert.True(waited.Elapsed < Patience.Usual, $"{id} is not {status}: {body.ToJsonString()}{Environment.NewLine}{_host.Log.Tail()}");
            await Task.Delay(10);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Base}/{path}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        return await _host.Client.SendAsync(request);
    }

    private static string WithKey(string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Key}";

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage reply) => JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
}
