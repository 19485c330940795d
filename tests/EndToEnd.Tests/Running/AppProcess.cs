using System.Diagnostics;
using System.Net;
using ProspectOps.Cli;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Running;

/// <summary>One run of the app.</summary>
public sealed class AppProcess : IAsyncDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
    private static readonly string Assembly = Path.Combine(RepositoryRoot.Path, "src", "Functions", "bin", Configuration, "net10.0", "ProspectOps.Functions.dll");
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly AppLog _log;

    private AppProcess(Process process, AppLog log)
    {
        _process = process;
        _log = log;
        Exited = process.WaitForExitAsync();
    }

    /// <summary>Completes when it ends, whoever ended it.</summary>
    public Task Exited { get; }

    /// <summary>The most bytes of memory that it ever held.</summary>
    public long PeakMemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public int ExitCode => _process.ExitCode;

    public static AppProcess Start(IReadOnlyDictionary<string, string> environment, AppLog log)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(log);
        var start = new ProcessStartInfo("dotnet", [Assembly])
        {
            WorkingDirectory = Path.GetDirectoryName(Assembly)!,
            // Our end of it closes however we end, and then the app leaves too.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // No test talks to the internet: the check at start would.
        start.Environment["Validation__Smtp__Mode"] = "off";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, line) => log.Write(line.Data);
        process.ErrorDataReceived += (_, line) => log.Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new AppProcess(process, log);
    }

    /// <exception cref="InvalidOperationException">It ended, or is not healthy after some minutes; the message holds its log.</exception>
    public async Task BecomesHealthyAsync(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var started = Stopwatch.StartNew();
        var lastAnswer = "no answer";
        while (started.Elapsed < Patience.Usual && !Exited.IsCompleted)
        {
            try
            {
                using var reply = await http.GetAsync(new Uri("health", UriKind.Relative));
                if (reply.StatusCode == HttpStatusCode.OK)
                    return;
                lastAnswer = await reply.Content.ReadAsStringAsync();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet, or not answering.
            }
            await Task.WhenAny(Exited, Task.Delay(20));
        }
        throw new InvalidOperationException($"The app is not healthy ({(Exited.IsCompleted ? $"exit code {ExitCode}" : lastAnswer)}):{Environment.NewLine}{_log.Tail()}");
    }

    /// <summary>SIGKILL: nothing is saved, nothing said goodbye to.</summary>
    public async Task KillHardAsync()
    {
        _process.Kill();
        await Exited;
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopGentlyAsync()
    {
        UnixSignal.Terminate(_process);
        await Exited.WaitAsync(StopPatience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopGentlyAsync();
        }
        catch (TimeoutException)
        {
            await KillHardAsync();
        }
        _process.Dispose();
    }
}
