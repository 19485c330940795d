using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Worker.Hosting;
using ProspectOps.Testing;

namespace ProspectOps.LocalRuntime.Tests.Worker;

/// <summary>A running worker with the given function classes, on a free port, its host.json in a folder of its own.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    public const string MinimalHostJson = """{ "version": "2.0" }""";

    private readonly IHost _host;
    private readonly DirectoryInfo _folder;

    private WorkerHost(IHost host, DirectoryInfo folder, RecordedLog log)
    {
        _host = host;
        _folder = folder;
        Log = log;
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        // A refusal of a large body comes before the body is sent, however long that takes.
        Client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Patience.Usual }) { BaseAddress = new Uri(address), Timeout = Patience.Usual };
    }

    public HttpClient Client { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<WorkerHost> StartAsync(
        IReadOnlyList<Type> functions,
        Action<FunctionsApplicationBuilder>? configure = null,
        string hostJson = MinimalHostJson,
        string? localSettings = null,
        params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("prospectops-worker-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "host.json"), hostJson);
        if (localSettings is not null)
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "local.settings.json"), localSettings);

        string[] arguments = ["--contentRoot", folder.FullName, "--urls", "http://127.0.0.1:0", .. settings.Select(s => $"--{s}")];
        var builder = FunctionsApplication.CreateBuilder(arguments);
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton(new FunctionSource(functions));
        if (configure is null)
            builder.ConfigureFunctionsWebApplication();
        else
            configure(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }
        return new WorkerHost(host, folder, log);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        _host.Dispose();
        _folder.Delete(recursive: true);
    }
}
