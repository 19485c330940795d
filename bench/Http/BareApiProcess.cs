using System.Diagnostics;
using System.Globalization;
using ProspectOps.Cli.Running;

namespace ProspectOps.Bench.Http;

/// <summary>This program once more, as a server.</summary>
internal sealed class BareApiProcess : IAsyncDisposable
{
    private readonly Process _process;

    private BareApiProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public static async Task<BareApiProcess> StartAsync(string mode, int firstPort, CancellationToken cancellationToken, params string[] settings)
    {
        var port = Ports.Choose(firstPort, 1).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet", [typeof(BareApi).Assembly.Location, mode, port, .. settings]) { RedirectStandardInput = true };
        // As the app's project has it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var bare = new BareApiProcess(process, new Uri($"http://127.0.0.1:{port}"));
        using var http = new HttpClient { BaseAddress = bare.Address };
        while (!process.HasExited)
        {
            try
            {
                using var reply = await http.GetAsync(new Uri("/api/health/live", UriKind.Relative), cancellationToken);
                return bare;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
        throw new InvalidOperationException("The bare API ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
