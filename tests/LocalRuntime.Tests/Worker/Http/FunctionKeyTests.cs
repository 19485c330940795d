using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public sealed class FunctionKeyTests
{
    private static readonly string[] Keys =
    [
        "LocalRuntime:Keys:master=m", "LocalRuntime:Keys:default=d", "LocalRuntime:Keys:Keyed=k", "LocalRuntime:Keys:echo_extension=e",
    ];

    [Theory]
    [InlineData("Keyed", null, null, 401)]
    [InlineData("Keyed", null, "wrong", 401)]
    [InlineData("Keyed", null, "k", 200)]
    [InlineData("Keyed", "k", null, 200)]
    [InlineData("Keyed", "d", null, 200)]
    [InlineData("Keyed", null, "m", 200)]
    [InlineData("Keyed", "e", null, 401)]
    [InlineData("Keyed", "k", "wrong", 200)]
    [InlineData("Keyed", "wrong", "k", 401)]
    [InlineData("Keyed", "", "k", 401)]
    [InlineData("Other", "k", null, 401)]
    [InlineData("Ops", "d", null, 401)]
    [InlineData("Ops", "m", null, 200)]
    [InlineData("Hook", "d", null, 401)]
    [InlineData("Hook", "e", null, 200)]
    [InlineData("Hook", "m", null, 200)]
    [InlineData("Unstated", null, null, 401)]
    [InlineData("Unstated", "d", null, 200)]
    [InlineData("Open", null, null, 200)]
    [InlineData("Open", "wrong", "wrong", 200)]
    public async Task S09_A_function_is_called_by_who_has_a_key_of_its_level(string function, string? header, string? query, int status)
    {
        await using var host = await WorkerHost.StartAsync([typeof(KeyedFunctions)], settings: Keys);

        var response = await CallAsync(host, $"/api/{function}", header, query);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task S09_Without_any_key_set_nobody_is_let_in()
    {
        await using var host = await WorkerHost.StartAsync([typeof(KeyedFunctions)]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(host, "/api/Keyed", header: "", query: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(host, "/runtime/webhooks/echo/instances/1", header: null, query: null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, "/api/Open", header: null, query: null)).StatusCode);
    }

    [Fact]
    public async Task S09_Only_an_explicit_flag_turns_keys_off()
    {
        await using var host = await WorkerHost.StartAsync([typeof(KeyedFunctions)], settings: "LocalRuntime:RequireKeys=false");

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, "/api/Ops", header: null, query: null)).StatusCode);
        Assert.Equal("webhook 1", await host.Client.GetStringAsync("/runtime/webhooks/echo/instances/1"));
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData(null, "d", 401)]
    [InlineData(null, "e", 200)]
    [InlineData("m", null, 200)]
    public async Task A_webhook_asks_for_the_system_key_of_its_extension(string? header, string? query, int status)
    {
        await using var host = await WorkerHost.StartAsync([typeof(KeyedFunctions)], settings: Keys);

        Assert.Equal(status, (int)(await CallAsync(host, "/runtime/webhooks/echo/instances/1", header, query)).StatusCode);
    }

    [Fact]
    public async Task A_system_key_that_is_not_set_is_derived_from_the_master_key()
    {
        await using var host = await WorkerHost.StartAsync([typeof(KeyedFunctions)], settings: "LocalRuntime:Keys:master=m");
        var key = host.Services.GetRequiredService<IFunctionKeys>().SystemKey("echo_extension");

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, "/runtime/webhooks/echo/instances/1", header: null, query: key)).StatusCode);
        Assert.NotEqual(key, host.Services.GetRequiredService<IFunctionKeys>().SystemKey("other_extension"));
    }

    private static Task<HttpResponseMessage> CallAsync(WorkerHost host, string path, string? header, string? query)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, query is null ? path : $"{path}?code={Uri.EscapeDataString(query)}");
        if (header is not null)
            request.Headers.TryAddWithoutValidation("x-functions-key", header);
        return host.Client.SendAsync(request);
    }
}
