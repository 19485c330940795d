using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.Bench.Orchestrations;

namespace ProspectOps.Bench.Runtime;

/// <summary>A host of the embedded runtime, in production as the app runs.</summary>
internal static class RuntimeApp
{
    private const string HostJson = """{ "version": "2.0", "extensions": { "queues": { "batchSize": 32, "newBatchThreshold": 16 } } }""";

    /// <summary>In a process of its own, until its standard input ends.</summary>
    public static async Task RunAsync(string port)
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-bench-");
        using var host = Build(folder.FullName, new MessageCount(), $"http://127.0.0.1:{port}", "AzureWebJobs.Empty.Disabled=true");
        await host.StartAsync();
        // Whoever started it has ended when this does.
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        folder.Delete(recursive: true);
    }

    /// <param name="folder">Gets a host.json.</param>
    /// <param name="settings">As <c>name=value</c>.</param>
    public static IHost Build(string folder, MessageCount count, string url, params IEnumerable<string> settings)
    {
        File.WriteAllText(Path.Combine(folder, "host.json"), HostJson);
        string[] arguments =
        [
            "--contentRoot", folder, "--environment", "Production", "--urls", url, .. settings.Select(setting => $"--{setting}"),
            // Those of the other benchmark of the runtime, in the same program.
            .. OrchestrationFunctions.Names.Select(name => $"--AzureWebJobs.{name}.Disabled=true"),
        ];
        var builder = FunctionsApplication.CreateBuilder(arguments);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(count);
        return builder.Build();
    }
}
