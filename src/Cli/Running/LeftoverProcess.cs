using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ProspectOps.Cli.Running;

/// <summary>A child of an earlier run that was killed: it ends by itself, so it is waited for, never killed.</summary>
internal static class LeftoverProcess
{
    /// <param name="mark">What its command line holds, because the system gives process ids out again.</param>
    public static int? Find(string pidFile, string mark)
    {
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out var processId))
            return null;
        return CommandLineOf(processId).Contains(mark, StringComparison.Ordinal) ? processId : null;
    }

    /// <exception cref="CommandFailedException">It is still there after <paramref name="patience"/>.</exception>
    public static async Task WaitForEndAsync(string name, string pidFile, string mark, TimeSpan patience, Action<string> note, CancellationToken cancellationToken)
    {
        if (Find(pidFile, mark) is not { } processId)
            return;
        note($"Waiting for the {name} of an earlier run (process {processId}) to save and end …");
        var started = Stopwatch.StartNew();
        while (Find(pidFile, mark) is not null)
        {
            if (started.Elapsed > patience)
                throw new CommandFailedException($"The {name} of an earlier run (process {processId}) has not ended within {patience.TotalSeconds:0} s. End it with `kill {processId}` (never -9: it still has to save), then try again.");
            await Task.Delay(50, cancellationToken);
        }
    }

    private static string CommandLineOf(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return File.ReadAllText($"/proc/{processId}/cmdline");
            using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "command=", "-p", $"{processId}"]) { RedirectStandardOutput = true });
            return ps?.StandardOutput.ReadToEnd() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return "";      // no such process
        }
    }
}
