using System.Diagnostics;

namespace ProspectOps.Testing;

/// <summary>Servers of Debian that tests run against, installed where that can be done.</summary>
public static class DebianServers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task<string?>> Missing = new(InstallAsync);

    /// <summary>Why they cannot be had; null where they are there.</summary>
    public static Task<string?> MissingBecauseAsync() => Missing.Value;

    private static async Task<string?> InstallAsync()
    {
        if (!OperatingSystem.IsLinux())
            return "this system is not Debian";
        using var process = Process.Start(new ProcessStartInfo("bash", [System.IO.Path.Combine(RepositoryRoot.Path, "eng", "test-servers.sh")]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("bash did not start.");
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0 ? null : said.Trim();
    }
}
