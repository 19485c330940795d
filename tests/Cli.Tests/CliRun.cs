using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary>The command line as a real process, what it printed, and signals to it.</summary>
internal sealed partial class CliRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private CliRun(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string FakeApp { get; } = Path.Combine(AppContext.BaseDirectory, "ProspectOps.Cli.Tests.FakeApp.dll");

    public string Output => Text(_output);

    public string Error => Text(_error);

    public int ExitCode => _process.ExitCode;

    public int ProcessId => _process.Id;

    public static CliRun Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ProspectOps.Cli.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("PROSPECTOPS_API_KEY");
        return new CliRun(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<CliRun> ToEndAsync(params IEnumerable<string> arguments)
    {
        var run = Start(arguments);
        await run.EndAsync();
        return run;
    }

    public async Task EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience.Usual);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It does not end:\n{Output}\n{Error}");
        }
    }

    public async Task UntilItSaysAsync(string text)
    {
        await Eventually.Async(() => Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal) || _process.HasExited,
            () => $"'{text}' was not said:\n{Output}\n{Error}");
        // What it said last may come after its end.
        if (_process.HasExited)
            await EndAsync();
        Assert.True((Output + Error).Contains(text, StringComparison.Ordinal), $"It ended without '{text}':\n{Output}\n{Error}");
    }

    public void Signal(PosixSignalNumber signal) => Assert.Equal(0, Kill(_process.Id, (int)signal));

    public static void Signal(int processId, PosixSignalNumber signal) => _ = Kill(processId, (int)signal);

    public static bool IsAlive(int processId) => Kill(processId, 0) == 0 && !IsZombie(processId);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, (int)PosixSignalNumber.Terminate);
            await _process.WaitForExitAsync().WaitAsync(Patience.Usual);
        }
        _process.Dispose();
    }

    // An orphan whose new parent has not collected it yet is gone for all that matters.
    private static bool IsZombie(int processId)
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
