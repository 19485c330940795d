using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

namespace ProspectOps.Bench.Orchestrations;

/// <summary>An app that has nothing but orchestrations, run as a process of its own: <c>orchestration-app --urls …</c>.</summary>
internal static class OrchestrationApp
{
    public const string Command = "orchestration-app";

    public static Task RunAsync(string[] arguments)
    {
        var builder = FunctionsApplication.CreateBuilder([.. arguments, "--AzureWebJobs.Empty.Disabled=true", "--AzureWebJobs.Alive.Disabled=true"]);
        builder.ConfigureFunctionsWebApplication();
        var host = builder.Build();
        OutgoingCalls.Start();
        // It ends with the benchmark, however that ends.
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            Environment.Exit(0);
        });
        return host.RunAsync();
    }
}
