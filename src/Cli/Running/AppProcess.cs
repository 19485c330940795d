using System.Diagnostics;
using System.Net;

namespace ProspectOps.Cli.Running;

/// <summary>One run of the app.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private AppProcess(Process process)
    {
        _process = process;
        Exited = process.WaitForExitAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>Completes when the app ends, whoever ended it.</summary>
    public Task Exited { get; }

    /// <summary>Why it ended, for a message.</summary>
    public string HowItEnded => _process.ExitCode > 128
        ? $"killed by signal {_process.ExitCode - 128}"
        : $"exit code {_process.ExitCode}";

    public static AppProcess Start(string appPath, IReadOnlyDictionary<string, string> environment, AppLog log)
    {
        var start = OwnSession.Of("dotnet", appPath);
        start.WorkingDirectory = Path.GetDirectoryName(appPath)!;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new CommandFailedException("dotnet did not start.");
        process.OutputDataReceived += (_, line) => log.Write(line.Data);
        process.ErrorDataReceived += (_, line) => log.Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new AppProcess(process);
    }

    /// <summary>Waits until health answers 200; <see langword="false"/> when the app ended before.</summary>
    /// <exception cref="CommandFailedException">It lives and is not healthy after <paramref name="patience"/>.</exception>
    public async Task<bool> BecomesHealthyAsync(HttpClient http, Uri address, TimeSpan patience, CancellationToken cancellationToken)
    {
        var health = new Uri(address, "/api/health");
        var started = Stopwatch.StartNew();
        var lastAnswer = "no answer";
        while (!Exited.IsCompleted)
        {
            try
            {
                using var reply = await http.GetAsync(health, cancellationToken);
                if (reply.StatusCode == HttpStatusCode.OK)
                    return true;
                lastAnswer = $"{(int)reply.StatusCode} {await reply.Content.ReadAsStringAsync(cancellationToken)}";
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
            catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                lastAnswer = "no answer in time";
            }
            if (started.Elapsed > patience)
                throw new CommandFailedException($"The app runs but is not healthy after {patience.TotalSeconds:0} s. {health} answers: {lastAnswer}");
            await Task.WhenAny(Exited, Task.Delay(50, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
        return false;
    }

    /// <summary>SIGTERM, and 30 s for what is in flight; then it is killed, which its storage survives.</summary>
    public async ValueTask DisposeAsync()
    {
        UnixSignal.Terminate(_process);
        try
        {
            await Exited.WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
        }
        _process.Dispose();
    }
}
