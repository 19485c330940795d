using System.Globalization;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary>A data folder and ports of its own for one test, and what stands in the folder.</summary>
internal sealed class UpWorld : IAsyncDisposable
{
    private readonly List<CliRun> _runs = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("prospectops-cli-").FullName;

    public int Port { get; } = FreePorts.Take(1);

    public int StoragePort { get; } = FreePorts.Take(3);

    public string Address => $"http://127.0.0.1:{Port}";

    public int AppProcessId => Pid("app.pid");

    public int AzuriteProcessId => Pid("azurite", "azurite.pid");

    public CliRun StartUp(params IEnumerable<string> more) =>
        Keep(CliRun.Start(["up", "--port", $"{Port}", "--storage-port", $"{StoragePort}", "--data", Folder, "--app", CliRun.FakeApp, .. more]));

    public async Task<CliRun> UpAsync()
    {
        var up = StartUp();
        await up.UntilItSaysAsync("ready");
        return up;
    }

    public CliRun Start(params IEnumerable<string> arguments) => Keep(CliRun.Start([.. arguments, "--data", Folder, "--app", CliRun.FakeApp]));

    public async Task<CliRun> RunAsync(params IEnumerable<string> arguments)
    {
        var run = Start(arguments);
        await run.EndAsync();
        return run;
    }

    /// <summary>Whole at once: the fake may be reading it.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    public bool Has(params string[] file) => File.Exists(Path.Combine([Folder, .. file]));

    public string Read(params string[] file) => File.ReadAllText(Path.Combine([Folder, .. file]));

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
            await run.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private int Pid(params string[] file)
    {
        try
        {
            return int.TryParse(Read(file), CultureInfo.InvariantCulture, out var processId) ? processId : 0;
        }
        catch (IOException)
        {
            return 0; // Taken away, perhaps just now.
        }
    }

    private CliRun Keep(CliRun run)
    {
        _runs.Add(run);
        return run;
    }
}
