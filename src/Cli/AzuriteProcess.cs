using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ProspectOps.Cli.Running;

namespace ProspectOps.Cli;

/// <summary>A running Azurite: blobs, queues and tables on three ports of 127.0.0.1, state in one folder.</summary>
/// <remarks>It saves its state every 5 s and when it is asked to end, so it is never killed hard.</remarks>
public sealed class AzuriteProcess : IAsyncDisposable
{
    /// <summary>Holds its process id, in its folder: two of them on one folder would overwrite each other's state.</summary>
    public const string PidFile = "azurite.pid";

    private const string Account = "devstoreaccount1";
    // The emulator's published account key, the same on every machine: no secret.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Node takes a second to start it, and many on a machine that is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly string _pidFile;

    private AzuriteProcess(Process process, string pidFile, int blobPort, int queuePort, int tablePort)
    {
        _process = process;
        _pidFile = pidFile;
        Exited = process.WaitForExitAsync();
        ConnectionString = string.Create(CultureInfo.InvariantCulture,
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort}/{Account};");
    }

    public string ConnectionString { get; }

    public int ProcessId => _process.Id;

    /// <summary>Completes when Azurite ends, whoever ended it.</summary>
    public Task Exited { get; }

    /// <summary>Starts Azurite and returns when its three ports answer.</summary>
    /// <param name="azuriteScript">Path of <c>node_modules/azurite/dist/src/azurite.js</c>.</param>
    /// <param name="dataFolder">Where it keeps its state; made where it is missing.</param>
    /// <param name="blobPort">Queues listen one port above, tables two.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not answer within 2 min; the message holds what it printed.</exception>
    public static async Task<AzuriteProcess> StartAsync(string azuriteScript, string dataFolder, int blobPort, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(dataFolder);
        var start = OwnSession.Of("node",
        [
            "--require", Path.Combine(AppContext.BaseDirectory, "exit-with-parent.cjs"), azuriteScript,
            "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", dataFolder,
            "--blobPort", Port(0), "--queuePort", Port(1), "--tablePort", Port(2),
        ]);

        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var pidFile = Path.Combine(dataFolder, PidFile);
        await File.WriteAllTextAsync(pidFile, process.Id.ToString(CultureInfo.InvariantCulture), CancellationToken.None);
        var output = CollectOutput(process);
        try
        {
            await WaitUntilItAnswersAsync(process, [blobPort, blobPort + 1, blobPort + 2], output, cancellationToken);
        }
        catch
        {
            UnixSignal.Terminate(process);
            await process.WaitForExitAsync(CancellationToken.None);
            File.Delete(pidFile);
            throw;
        }
        return new AzuriteProcess(process, pidFile, blobPort, blobPort + 1, blobPort + 2);

        string Port(int offset) => (blobPort + offset).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>SIGTERM, then waits for as long as it takes to save.</summary>
    public async ValueTask DisposeAsync()
    {
        UnixSignal.Terminate(_process);
        await Exited;
        File.Delete(_pidFile);
        _process.Dispose();
    }

    private static Queue<string> CollectOutput(Process process)
    {
        var lines = new Queue<string>();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return lines;

        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                return;
            lock (lines)
            {
                lines.Enqueue(line.Data);
                if (lines.Count > 50)
                    lines.Dequeue();
            }
        }
    }

    private static async Task WaitUntilItAnswersAsync(Process process, int[] ports, Queue<string> output, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        foreach (var port in ports)
        {
            while (!await AnswersAsync(port, limit.Token))
            {
                if (process.HasExited || limit.IsCancellationRequested)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    lock (output)
                        throw new InvalidOperationException($"Azurite did not start on port {port}: {string.Join(Environment.NewLine, output)}");
                }
                await Task.Delay(25, CancellationToken.None);
            }
        }
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
