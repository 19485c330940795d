using System.Net;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProspectOps.LocalRuntime.Tests.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Hosting;

namespace ProspectOps.LocalRuntime.Tests.Worker.Hosting;

public sealed class StartupTests
{
    private const string Storage = "AzureWebJobsStorage=UseDevelopmentStorage=true";

    [Fact]
    public async Task S01_Two_names_that_differ_in_case_only_stop_the_start() =>
        Assert.Contains("Two functions are named", await ProblemOf(typeof(BadFunctions.Twice)), StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(BadFunctions.Admin))]
    [InlineData(typeof(BadFunctions.RuntimeName))]
    public async Task S08_A_route_of_the_platform_stops_the_start(Type function) =>
        Assert.Contains("belong to the platform", await ProblemOf(function), StringComparison.Ordinal);

    [Theory]
    [InlineData(typeof(BadFunctions.Misnamed), "is no function name")]
    [InlineData(typeof(BadFunctions.NamedHost), "is no function name")]
    [InlineData(typeof(BadFunctions.ReturnsObject), "must return an IResult")]
    [InlineData(typeof(BadFunctions.ReturnsNothing), "must return an IResult")]
    [InlineData(typeof(BadFunctions.QueueReturnsText), "returns void or Task, unless")]
    [InlineData(typeof(BadFunctions.AsyncVoid), "async void")]
    [InlineData(typeof(BadFunctions.BadTemplate), "is no template")]
    [InlineData(typeof(BadFunctions.QueryParameter), "fills no parameter 'page'")]
    [InlineData(typeof(BadFunctions.UnknownTrigger), "nothing in this build serves")]
    [InlineData(typeof(BadFunctions.BadQueueName), "is no queue name")]
    [InlineData(typeof(BadFunctions.OutputOnHttpMethod), "beside an [HttpResult]")]
    [InlineData(typeof(BadFunctions.OutputOfNothing), "returns nothing for it")]
    [InlineData(typeof(BadFunctions.NoHttpResult), "needs a property [HttpResult]")]
    [InlineData(typeof(BadFunctions.ForUsers), "is not served here")]
    [InlineData(typeof(BadFunctions.RetriedQueue), "only timers honour")]
    public async Task A_function_declared_wrongly_stops_the_start(Type function, string message) =>
        Assert.Contains(message, await ProblemOf(function), StringComparison.Ordinal);

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(
            () => WorkerHost.StartAsync([typeof(BadFunctions.Admin), typeof(BadFunctions.ReturnsObject)]));

        Assert.Equal(2, failure.Problems.Count);
    }

    [Fact]
    public async Task A_missing_storage_connection_stops_the_start()
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => WorkerHost.StartAsync([typeof(Queues.QueueFunctions.Text)], settings: "InputQueue=some-queue"));

        Assert.Contains("'AzureWebJobsStorage' is not set", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_functions_need_the_web_application()
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => WorkerHost.StartAsync([typeof(HttpFunctions.CatchAll)], _ => { }));

        Assert.Contains("ConfigureFunctionsWebApplication", Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ }""", "version")]
    [InlineData("""{ "version": "1.0" }""", "version")]
    [InlineData("""{ "version": """, "cannot be read")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "soon" }""", "functionTimeout")]
    public async Task A_bad_host_json_stops_the_start(string hostJson, string message)
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => WorkerHost.StartAsync([typeof(HttpFunctions.Hello)], hostJson: hostJson));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batchSize", "33")]
    [InlineData("maxDequeueCount", "0")]
    [InlineData("maxPollingInterval", "00:00:00.05")]
    [InlineData("messageEncoding", "utf7")]
    public async Task A_queue_setting_out_of_range_stops_the_start(string key, string value)
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => WorkerHost.StartAsync([], settings: $"AzureFunctionsJobHost:extensions:queues:{key}={value}"));

        Assert.Contains(key, Assert.Single(failure.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_overrides_host_json()
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)], settings: "AzureFunctionsJobHost:extensions:http:routePrefix=v2");

        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/v2/Hello")).StatusCode);
    }

    [Fact]
    public async Task Local_settings_are_configuration_that_others_override()
    {
        const string LocalSettings = """{ "IsEncrypted": false, "Values": { "One": "local", "Two": "local", "A__B": "local" }, "ConnectionStrings": { "X": "local" } }""";
        await using var host = await WorkerHost.StartAsync([], localSettings: LocalSettings, settings: "Two=given");
        var configuration = host.Services.GetRequiredService<IConfiguration>();

        Assert.Equal("local", configuration["One"]);
        Assert.Equal("given", configuration["Two"]);
        Assert.Equal("local", configuration["A:B"]);
        Assert.Equal("local", configuration.GetConnectionString("X"));
    }

    [Fact]
    public void A_second_build_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-worker-");
        File.WriteAllText(Path.Combine(folder.FullName, "host.json"), WorkerHost.MinimalHostJson);
        var builder = FunctionsApplication.CreateBuilder(["--contentRoot", folder.FullName]);
        using var host = builder.Build();

        Assert.Throws<InvalidOperationException>(builder.Build);
        folder.Delete(recursive: true);
    }

    private static async Task<string> ProblemOf(Type functions)
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(() => WorkerHost.StartAsync([functions], settings: Storage));
        return Assert.Single(failure.Problems);
    }
}
