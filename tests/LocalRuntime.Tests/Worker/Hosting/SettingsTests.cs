using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Tests.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "batchSize": 33 } } }""", "host.json: extensions.queues.batchSize must be a number from 1 to 32, not \"33\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "newBatchThreshold": -1 } } }""", "host.json: extensions.queues.newBatchThreshold must be a number of 0 or more, not \"-1\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "visibilityTimeout": "8.00:00:00" } } }""", "host.json: extensions.queues.visibilityTimeout must be a time span")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": { "messageEncoding": "utf7" } } }""", "host.json: extensions.queues.messageEncoding must be base64 or none, not \"utf7\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "maxConcurrentRequests": 0 } } }""", "host.json: extensions.http.maxConcurrentRequests must be a number of 1 or more, or -1")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "maxOutstandingRequests": "many" } } }""", "host.json: extensions.http.maxOutstandingRequests must be")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": "a{" } } }""", "host.json: extensions.http.routePrefix must be the beginning of a path, not \"a{\".")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "00:00:00.5" }""", "host.json: functionTimeout must be a time span (hh:mm:ss) from 00:00:01")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "30" }""", "host.json: functionTimeout must be a time span")]
    [InlineData("""{ "version": "2.0", "logging": { "logLevel": { "default": "Loud" } } }""", "host.json: logging.logLevel.default must be Trace or")]
    public async Task A_wrong_value_in_host_json_is_named_with_its_file(string hostJson, string message) =>
        Assert.StartsWith(message, Assert.Single(await ProblemsAsync(hostJson: hostJson)), StringComparison.Ordinal);

    [Fact]
    public async Task A_wrong_override_is_named_as_the_variable_that_it_is() => Assert.Equal(
        "Setting AzureFunctionsJobHost__extensions__queues__maxDequeueCount must be a number of 1 or more, not \"0\".",
        Assert.Single(await ProblemsAsync(settings: "AzureFunctionsJobHost:extensions:queues:maxDequeueCount=0")));

    [Theory]
    [InlineData("LocalRuntime:RequireKeys=no", "Setting LocalRuntime:RequireKeys must be true or false, not \"no\".")]
    [InlineData("LocalRuntime:Keys:Helo=k", "Setting LocalRuntime:Keys:Helo is a key for nothing")]
    [InlineData("LocalRuntime:TrustedProxies=10.0.0.1,here", "Setting LocalRuntime:TrustedProxies must be addresses")]
    [InlineData("AzureWebJobs.Hello.Disabled=yes", "Setting AzureWebJobs.Hello.Disabled must be true or false, not \"yes\".")]
    [InlineData("Host:CORS=somewhere", "local.settings.json: Host.CORS must be * or origins")]
    public async Task A_wrong_setting_is_named(string setting, string message) =>
        Assert.StartsWith(message, Assert.Single(await ProblemsAsync(settings: setting)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "IsEncrypted": true }""", "IsEncrypted must be false")]
    [InlineData("""{ "Values": 3 }""", "cannot be read")]
    [InlineData("""{ "Host": { "CORS": "*", "CORSCredentials": true } }""", "Host.CORS must be a list of origins where CORSCredentials is true")]
    public async Task A_wrong_local_settings_file_stops_the_start(string localSettings, string message) =>
        Assert.Contains(message, Assert.Single(await ProblemsAsync(localSettings: localSettings)), StringComparison.Ordinal);

    [Fact]
    public async Task All_that_is_wrong_is_told_by_one_start()
    {
        const string HostJson = """{ "version": "1.0", "functionTimeout": "soon", "extensions": { "queues": { "batchSize": 0 } } }""";

        var problems = await ProblemsAsync(HostJson, settings: "LocalRuntime:RequireKeys=maybe", functions: [typeof(BadFunctions.Admin), typeof(HttpFunctions.Hello)]);

        Assert.Equal(5, problems.Count);
    }

    [Fact]
    public async Task What_several_functions_suffer_from_is_told_once()
    {
        var problems = await ProblemsAsync(functions: [typeof(Queues.QueueFunctions.Text), typeof(BadFunctions.TwoQueues)], settings: "InputQueue=some-queue");

        Assert.StartsWith(
            "Functions 'OneQueue', 'OtherQueue', 'Text': The storage connection 'AzureWebJobsStorage' is not set", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_shows_a_table_of_functions()
    {
        await using var host = await WorkerHost.StartAsync(
            [typeof(KeyedFunctions)], settings: ["LocalRuntime:Keys:Other=o", "AzureWebJobs.Ops.Disabled=1"]);

        string[] table = [.. host.Log.Lines.Where(line => line.Level == LogLevel.Information && line.Category.EndsWith(".TriggerHost", StringComparison.Ordinal)).Select(line => line.Text)];

        Assert.Matches(@"^Function +Trigger +Route, queue or schedule +Access +State$", table[0]);
        Assert.Contains(table, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^Open +http +GET /api/Open +Anonymous +on$"));
        Assert.Contains(table, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^Other +http +GET /api/Other +Function +on$"));
        Assert.Contains(table, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^Keyed +http +GET /api/Keyed +Function +closed: no key is set"));
        Assert.Contains(table, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^Ops +http +Admin +disabled by AzureWebJobs.Ops.Disabled$"));
        Assert.Equal("5 functions are running", table[^1]);
    }

    [Fact]
    public async Task Local_values_are_variables_of_the_process_unless_set_before()
    {
        Environment.SetEnvironmentVariable("SETTINGS_TESTS_SET", "environment");
        const string LocalSettings = """
            { "Values": { "SETTINGS_TESTS_SET": "local", "SETTINGS_TESTS_NEW": "local" },
              "ConnectionStrings": { "Settings1": { "ConnectionString": "given", "ProviderName": "x" } } }
            """;
        await using var host = await WorkerHost.StartAsync([], localSettings: LocalSettings);
        var configuration = host.Services.GetRequiredService<IConfiguration>();

        Assert.Equal("environment", configuration["SETTINGS_TESTS_SET"]);
        Assert.Equal("environment", Environment.GetEnvironmentVariable("SETTINGS_TESTS_SET"));
        Assert.Equal("local", Environment.GetEnvironmentVariable("SETTINGS_TESTS_NEW"));
        Assert.Equal("given", configuration.GetConnectionString("Settings1"));
    }

    [Theory]
    [InlineData("https://app.example", "https://app.example", true)]
    [InlineData("https://app.example", "https://other.example", false)]
    [InlineData("*", "https://other.example", true)]
    public async Task Pages_of_other_origins_may_call_where_local_settings_say_so(string allowed, string origin, bool may)
    {
        await using var host = await WorkerHost.StartAsync([typeof(HttpFunctions.Hello)], localSettings: $$"""{ "Host": { "CORS": "{{allowed}}" } }""");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/Hello");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "GET");

        var response = await host.Client.SendAsync(preflight);

        Assert.Equal(may, response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task More_requests_than_may_be_outstanding_are_429()
    {
        var seen = new HttpFunctions.Seen();
        await using var host = await WorkerHost.StartAsync(
            [typeof(HttpFunctions.Waits)],
            builder =>
            {
                Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilderAspNetCoreExtensions.ConfigureFunctionsWebApplication(builder);
                builder.Services.AddSingleton(seen);
            },
            """{ "version": "2.0", "extensions": { "http": { "maxConcurrentRequests": 1, "maxOutstandingRequests": 2 } } }""");
        using var leaving = new CancellationTokenSource();

        var running = host.Client.GetAsync("/api/Waits", leaving.Token);
        await seen.Started.WaitAsync();
        Task<HttpResponseMessage>[] others = [host.Client.GetAsync("/api/Waits", leaving.Token), host.Client.GetAsync("/api/Waits", leaving.Token)];
        var first = await Task.WhenAny(others).WaitAsync(Patience.Usual);
        var refused = await first;

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        _ = Assert.Single(others, other => !other.IsCompleted);
        Assert.False(running.IsCompleted);
        Assert.Equal(0, seen.Started.CurrentCount);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData("https://acme.queue.core.windows.net/", "AzureWebJobsStorage:accountName=acme")]
    [InlineData("https://acme.queue.core.windows.net/", "AzureWebJobsStorage:accountName=acme", "AzureWebJobsStorage:credential=managedidentity", "AzureWebJobsStorage:clientId=00000000-0000-0000-0000-000000000001")]
    [InlineData("https://queues.example/", "AzureWebJobsStorage:queueServiceUri=https://queues.example/", "AzureWebJobsStorage:blobServiceUri=https://blobs.example/")]
    public async Task A_connection_may_be_an_identity(string address, params string[] settings)
    {
        await using var host = await WorkerHost.StartAsync([], settings: settings);

        Assert.Equal(address, host.Services.GetRequiredService<IStorageConnections>().Queues().Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("'AzureWebJobsStorage__queueServiceUri' must be an https address", "AzureWebJobsStorage:queueServiceUri=http://queues.example/")]
    [InlineData("needs 'AzureWebJobsStorage__queueServiceUri'", "AzureWebJobsStorage:blobServiceUri=https://blobs.example/")]
    [InlineData("'AzureWebJobsStorage__credential' must be managedidentity", "AzureWebJobsStorage:accountName=acme", "AzureWebJobsStorage:credential=guess")]
    public async Task An_identity_that_cannot_work_stops_the_start(string message, params string[] settings) => Assert.Contains(
        message, Assert.Single(await ProblemsAsync(functions: [typeof(Queues.QueueFunctions.Text)], settings: ["InputQueue=some-queue", .. settings])), StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> ProblemsAsync(
        string hostJson = WorkerHost.MinimalHostJson, string? localSettings = null, IReadOnlyList<Type>? functions = null, params string[] settings)
    {
        var failure = await Assert.ThrowsAsync<FunctionStartupException>(
            () => WorkerHost.StartAsync(functions ?? [typeof(HttpFunctions.Hello)], hostJson: hostJson, localSettings: localSettings, settings: settings));
        return failure.Problems;
    }
}
