using System.Globalization;
using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProspectOps.LocalRuntime.Worker.Converters;
using ProspectOps.LocalRuntime.Worker.Extensibility;
using ProspectOps.LocalRuntime.Worker.Http;
using ProspectOps.LocalRuntime.Worker.Invocation;
using ProspectOps.LocalRuntime.Worker.Keys;
using ProspectOps.LocalRuntime.Worker.Outputs;
using ProspectOps.LocalRuntime.Worker.Queues;
using ProspectOps.LocalRuntime.Worker.Timers;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <summary>What a builder holds before the app adds anything.</summary>
internal static class LocalDefaults
{
    private const int DefaultPort = 7071;
    private const string EnvironmentVariable = "AZURE_FUNCTIONS_ENVIRONMENT";

    public static WebApplicationBuilder CreateWebBuilder(string[]? args, StartupProblems problems)
    {
        // The content root is the output folder, as on Azure, wherever the process was started.
        var folder = ContentRoot(args);
        var settings = LocalSettingsFile.Read(folder, problems);
        var environment = Environment.GetEnvironmentVariable(EnvironmentVariable)
            ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? settings.GetValueOrDefault(EnvironmentVariable)
            ?? Argument(args, HostDefaults.EnvironmentKey)
            ?? Environments.Development;

        var web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = folder, EnvironmentName = environment });
        LocalSettingsFile.AddTo(web.Configuration, settings);
        if (string.IsNullOrEmpty(web.Configuration[WebHostDefaults.ServerUrlsKey]) && string.IsNullOrEmpty(web.Configuration[WebHostDefaults.HttpPortsKey]))
        {
            var host = new SettingReader(web.Configuration, "Host", key => $"local.settings.json: {key.Replace(':', '.')}", problems);
            var port = host.Number("LocalHttpPort", DefaultPort, 1, 65_535);
            web.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        }
        return web;
    }

    public static void AddRuntime(WebApplicationBuilder web, StartupProblems problems)
    {
        var hostJson = HostJsonFile.Read(web.Environment.ContentRootPath, web.Configuration, problems);
        AddLogging(web, HostJsonFile.Logging(hostJson, problems));
        var services = web.Services;
        services.AddSingleton(hostJson);
        services.AddSingleton(problems);
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().Configure(options => InputConverters.AddDefaults(options.InputConverters)).PostConfigure<IOptions<JsonSerializerOptions>>(
            (options, json) => options.Serializer ??= new JsonObjectSerializer(json.Value));
        var proxies = new ForwardedHeadersOptions();
        TrustedProxies.Apply(proxies, web.Configuration, problems);
        // Read now, so that what is wrong is told at start; the app may still change the options, as on Azure.
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = proxies.ForwardedHeaders;
            foreach (var proxy in proxies.KnownProxies.Except(options.KnownProxies).ToArray())
                options.KnownProxies.Add(proxy);
            foreach (var network in proxies.KnownIPNetworks.Except(options.KnownIPNetworks).ToArray())
                options.KnownIPNetworks.Add(network);
        });
        // The slim builder leaves out the regex constraint; templates may use it.
        services.AddRouting();

        services.AddSingleton<InvocationServices>();
        services.AddSingleton<InputConverters>();
        services.AddSingleton<FunctionBodyCompiler>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<IFunctionInvoker>(provider => provider.GetRequiredService<FunctionInvoker>());
        services.AddSingleton<IStorageConnections, StorageConnections>();
        services.AddSingleton<SettingReferences>();
        services.TryAddSingleton(_ => FunctionSource.EntryAssembly());
        services.AddSingleton<FunctionCatalog>();
        services.AddSingleton(_ => HttpSettings.Read(hostJson, problems));
        services.AddSingleton<HttpThrottle>();
        services.AddCors();
        services.AddSingleton(provider => CrossOrigin.Read(provider.GetRequiredService<IConfiguration>(), problems));
        services.AddSingleton<RouteOverlap>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<IFunctionKeys>(provider => provider.GetRequiredService<FunctionKeys>());
        services.AddSingleton<HttpTriggerListener>();
        services.AddSingleton<ITriggerListener>(provider => provider.GetRequiredService<HttpTriggerListener>());
        services.AddSingleton<QueueWrites>();
        services.AddSingleton<QueueSource>();
        services.TryAddSingleton(provider => QueueSettings.Read(hostJson, provider.GetRequiredService<IHostEnvironment>(), problems));
        services.AddSingleton<IOutputBinding, QueueOutput>();
        services.AddSingleton<ITriggerListener, QueueTriggerListener>();
        services.AddSingleton<ITriggerListener, TimerTriggerListener>();
        services.AddHostedService<TriggerHost>();
        foreach (var extension in ExtensionAssemblies.Find())
            extension.Configure(services, web.Configuration);
    }

    private static string ContentRoot(string[]? args)
    {
        var given = Argument(args, HostDefaults.ContentRootKey);
        return given is null ? AppContext.BaseDirectory : Path.GetFullPath(given);
    }

    private static string? Argument(string[]? args, string key) => new ConfigurationBuilder().AddCommandLine(args ?? []).Build()[key];

    /// <summary>Upstream removes the console because its host logs there; here the app is the host.</summary>
    private static void AddLogging(WebApplicationBuilder web, IConfiguration levels)
    {
        web.Logging.ClearProviders();
        web.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        // A line per request, health polls among them, would bury what matters. Warnings stay.
        web.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        web.Logging.AddConfiguration(levels);
        web.Logging.AddConfiguration(web.Configuration.GetSection("Logging"));
    }
}
