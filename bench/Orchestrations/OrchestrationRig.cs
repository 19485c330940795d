using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using ProspectOps.Bench.Running;
using ProspectOps.Cli;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Orchestrations;

/// <summary>A fresh Azurite and an app with nothing but orchestrations on it.</summary>
internal sealed class OrchestrationRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-bench-");
    private AzuriteProcess? _azurite;
    private Process? _app;
    private HttpClient? _http;

    public string Storage => _azurite!.ConnectionString;

    public int StoragePort { get; } = Ports.Choose(20_300, Ports.StorageCount);

    public int ProcessId => _app!.Id;

    public static async Task<OrchestrationRig> StartAsync(CancellationToken cancellationToken)
    {
        var rig = new OrchestrationRig();
        try
        {
            rig._azurite = await AzuriteProcess.StartAsync(Checkout.Find().AzuriteScript, rig._folder.FullName, rig.StoragePort, cancellationToken);
            await rig.StartAppAsync(cancellationToken);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public async Task<OrchestrationFigures> RunAsync(string path, CancellationToken cancellationToken)
    {
        using var reply = await _http!.PostAsync(new Uri($"api/{path}", UriKind.Relative), null, cancellationToken);
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<OrchestrationFigures>(cancellationToken) ?? throw new InvalidOperationException($"{path} answered nothing.");
    }

    /// <summary>Storage calls so far, by kind and method.</summary>
    public async Task<Dictionary<string, long>> CallsAsync(CancellationToken cancellationToken)
    {
        var calls = await _http!.GetFromJsonAsync<Dictionary<string, long>>(new Uri("api/calls", UriKind.Relative), cancellationToken) ?? [];
        string[] kinds = ["blobs", "queues", "tables"];
        return calls
            .Select(call => (Parts: call.Key.Split(' '), call.Value))
            .Select(call => (Kind: int.Parse(call.Parts[0], CultureInfo.InvariantCulture) - StoragePort, Method: call.Parts[1], call.Value))
            .Where(call => call.Kind is >= 0 and < 3)
            .ToDictionary(call => $"{kinds[call.Kind]} {call.Method}", call => call.Value);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            _app.StandardInput.Close();
            await _app.WaitForExitAsync();
            _app.Dispose();
        }
        _http?.Dispose();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StartAppAsync(CancellationToken cancellationToken)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Choose(19_300, 1)}/");
        var start = new ProcessStartInfo("dotnet", [typeof(OrchestrationApp).Assembly.Location, OrchestrationApp.Command, "--urls", address])
        {
            RedirectStandardInput = true,
        };
        start.Environment["AzureWebJobsStorage"] = Storage;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _app = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && !_app.HasExited; await Task.Delay(50, cancellationToken))
        {
            try
            {
                await CallsAsync(cancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException("The app with the orchestrations did not start.");
    }
}
