using System.Diagnostics;

namespace ProspectOps.Testing;

/// <summary>Servers of Debian that tests run against, installed where that can be done.</summary>
public static class DebianServers
{
    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(5);

    // One after the other: apt has one lock.
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly Lazy<Task<string?>> Dnsmasq = new(() => InstallAsync("dnsmasq-base", "dnsmasq"));
    private static readonly Lazy<Task<string?>> Postfix = new(() => InstallAsync("postfix", "postfix"));

    /// <summary>Why the name server dnsmasq cannot be had; null where it is there, as <c>/usr/sbin/dnsmasq</c>.</summary>
    public static Task<string?> DnsmasqMissingBecauseAsync() => Dnsmasq.Value;

    /// <summary>Why the mail server Postfix cannot be had, or not be run; null where it is there, in <c>/usr/sbin</c> and <c>/usr/lib/postfix/sbin</c>.</summary>
    public static async Task<string?> PostfixMissingBecauseAsync() =>
        await Postfix.Value ?? (Environment.IsPrivilegedProcess ? null : "only root may start it");

    private static async Task<string?> InstallAsync(string package, string program)
    {
        if (!OperatingSystem.IsLinux())
            return "this system is not Debian";
        await Turn.WaitAsync();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("bash", [System.IO.Path.Combine(RepositoryRoot.Path, "eng", "test-servers.sh"), package, program]) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException("bash did not start.");
            var said = process.StandardOutput.ReadToEndAsync();
            try
            {
                await process.WaitForExitAsync().WaitAsync(LongestInstallation);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                return $"apt-get had not installed {package} after {LongestInstallation.TotalMinutes} minutes";
            }
            return process.ExitCode == 0 ? null : (await said).Trim();
        }
        finally
        {
            Turn.Release();
        }
    }
}
