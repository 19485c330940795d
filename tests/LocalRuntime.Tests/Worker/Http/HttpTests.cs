using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public sealed class HttpTests
{
    [Theory]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""", "/Hello", "/api/Hello")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": "v1" } } }""", "/v1/Hello", "/Hello")]
    [InlineData("""{ "version": "2.0" /* comments are fine */, }""", "/api/Hello", "/v1/Hello")]
    public async Task S05_Only_the_path_below_the_route_prefix_answers(string hostJson, string found, string missed)
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)], hostJson: hostJson);

        Assert.Equal("hello", await host.Client.GetStringAsync(found));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(missed)).StatusCode);
    }

    [Fact]
    public async Task S06_A_guid_constraint_misses_text_and_binds_a_guid()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Routed)]);
        var id = Guid.NewGuid();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/guid/text")).StatusCode);
        Assert.Equal($"{id}", await host.Client.GetStringAsync($"/api/guid/{id}"));
    }

    [Fact]
    public async Task Route_values_bind_by_name_whatever_their_type()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Routed)]);

        Assert.Equal("abc 7 - -", await host.Client.GetStringAsync("/api/values/abc/7"));
        Assert.Equal("abc 7 True -", await host.Client.GetStringAsync("/api/values/abc/7/true"));
        Assert.Equal("abc 7 True a/b", await host.Client.GetStringAsync("/api/values/abc/7/true/a/b"));
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.Client.GetAsync("/api/values/abc/x")).StatusCode);
    }

    [Fact]
    public async Task S07_A_wrong_verb_is_404()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Routed)]);

        var response = await host.Client.PostAsync("/api/values/abc/7", null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_verb_falls_to_the_catch_all_where_there_is_one()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Routed), typeof(HttpFunctions.CatchAll)]);

        var response = await host.Client.PostAsync("/api/values/abc/7", null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unmatched values/abc/7", await response.Content.ReadAsStringAsync());
        Assert.Equal("abc 7 - -", await host.Client.GetStringAsync("/api/values/abc/7"));
    }

    [Fact]
    public async Task S10_A_throwing_function_answers_an_empty_500_and_logs_one_error()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)]);

        var response = await host.Client.GetAsync("/api/Throws");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
        var error = Assert.Single(host.Log.Errors);
        Assert.Equal("no", error.Exception?.Message);
        Assert.Matches("invocation [0-9a-f-]{36}", error.Text);
    }

    [Fact]
    public async Task S11_A_function_that_parses_json_itself_can_answer_400()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)]);

        var response = await host.Client.PostAsync("/api/Parses", new StringContent("{ broken"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task S12_A_client_that_leaves_fires_the_token()
    {
        var seen = new HttpFunctions.Seen();
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Waits)], builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddSingleton(seen);
        });
        using var leaving = new CancellationTokenSource();

        var handled = host.Client.GetAsync("/api/WaitsAndHandles", leaving.Token);
        var unhandled = host.Client.GetAsync("/api/Waits", leaving.Token);
        await seen.Started.WaitAsync();
        await seen.Started.WaitAsync();
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unhandled);
        await seen.Cancelled.WaitAsync().WaitAsync(Patience.Usual);
        await Eventually.TrueAsync(() => host.Log.Lines.Any(line => line.Text.StartsWith("Function Waits was cancelled", StringComparison.Ordinal)));
        Assert.Empty(host.Log.Errors);
        Assert.DoesNotContain(host.Log.Lines, line => line.Text.Contains("WaitsAndHandles was", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S13_A_body_of_31_MB_is_refused_until_Kestrel_allows_it()
    {
        var body = new byte[31_000_000];
        await using var strict = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)]);
        await using var generous = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)], builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = 40_000_000);
        });

        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync(strict)).StatusCode);
        Assert.Equal("31000000", await (await PostAsync(generous)).Content.ReadAsStringAsync());

        // Asks before it sends, so that the refusal is read and not lost in a reset connection.
        async Task<HttpResponseMessage> PostAsync(WorkerHost host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/Length") { Content = new ByteArrayContent(body) };
            request.Headers.ExpectContinue = true;
            return await host.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Action_results_are_executed_too()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)]);

        var response = await host.Client.GetAsync("/api/Action");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"name":"x"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_forwarded_host_and_scheme_are_those_of_the_request()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/Origin");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "ops.example");

        var response = await host.Client.SendAsync(request);

        Assert.Equal("https://ops.example", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_disabled_function_is_404()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)], settings: "AzureWebJobs.Hello.Disabled=true");

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/Hello")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await host.Client.GetAsync("/api/Action")).StatusCode);
    }
}
