using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.Bench.Orchestrations;
using ProspectOps.Platform;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Bench.Http;

/// <summary>The embedded runtime with the app's tenancy and the functions of this benchmark, in a process of its own, until its standard input ends.</summary>
internal static class AuthApp
{
    public const string Command = "auth-app";

    // The highest there is: two million requests a minute are measured.
    private const int RateLimitPerMinute = 10_000_000;

    /// <param name="keyFile">Where the key is written to.</param>
    /// <param name="settings">As <c>name=value</c>.</param>
    public static async Task RunAsync(string port, string keyFile, string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-bench-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), """{ "version": "2.0" }""");
        var builder = FunctionsApplication.CreateBuilder(
        [
            "--contentRoot", folder.FullName, "--environment", "Production", "--urls", $"http://127.0.0.1:{port}", .. settings.Select(setting => $"--{setting}"),
            // Those of the other benchmarks in the same program, but for what tells that it has started.
            "--AzureWebJobs.Empty.Disabled=true", .. OrchestrationFunctions.Names.Select(name => $"--AzureWebJobs.{name}.Disabled=true"),
        ]);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<KeyMiddleware>();
        builder.Logging.ClearProviders();
        builder.Services.AddPlatform(builder.Configuration).AddTenancy(builder.Configuration);
        using var host = builder.Build();
        await AuthFunctions.AddRowAsync(host.Services.GetRequiredService<IStorage>(), CancellationToken.None);
        await AddKeyAsync(host.Services, keyFile);
        await host.StartAsync();
        // Whoever started it has ended when this does.
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        folder.Delete(recursive: true);
    }

    private static async Task AddKeyAsync(IServiceProvider services, string keyFile)
    {
        var key = ApiKey.New();
        var record = new KeyRecord
        {
            KeyId = key.KeyId,
            Tenant = TenantId.Default,
            Name = "bench",
            Scopes = [Scope.All],
            Hash = services.GetRequiredService<KeyHasher>().Hash(key),
            RateLimitPerMinute = RateLimitPerMinute,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        await services.GetRequiredService<KeyStore>().SaveAsync(record, CancellationToken.None);
        await File.WriteAllTextAsync(keyFile, key.Text);
    }
}
