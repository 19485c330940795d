using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

/// <summary>A process of the twin app.</summary>
internal sealed class TwinProcess : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-twin-");
    private readonly Process _process;
    private readonly ConcurrentQueue<string?> _log = new();

    public TwinProcess(params IEnumerable<string> settings)
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "host.json"),
            """{ "version": "2.0", "extensions": { "queues": { "batchSize": 2, "newBatchThreshold": 0, "maxPollingInterval": "00:00:00.3" } } }""");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "ProspectOps.LocalRuntime.Tests.TwinApp.dll"),
            "--contentRoot", _folder.FullName, "--urls", "http://127.0.0.1:0", .. settings.Select(setting => $"--{setting}"),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data);
        _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    /// <summary>What it said, for the message of a test that fails.</summary>
    public string Log => $"{Id}{(_process.HasExited ? " has ended" : "")}:{Environment.NewLine}{string.Join(Environment.NewLine, _log)}";

    /// <summary>As a crash would: nothing is given back.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
