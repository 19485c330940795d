using System.Diagnostics;

namespace ProspectOps.Cli.Running;

/// <summary>Starts a child in a session of its own: Ctrl-C then reaches this command line alone, which stops its children in order.</summary>
/// <remarks>In the terminal's process group Azurite would leave at the same moment as the app that still writes to it,
/// and the question "cancel or leave it running" would come too late. <c>setsid</c> and the Perl line replace themselves
/// by the program, so that the process id stays.</remarks>
internal static class OwnSession
{
    private static readonly string[] PerlSetsid = ["-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV; die"];

    public static ProcessStartInfo Of(string program, params IEnumerable<string> arguments)
    {
        string[] starter = OnPath("setsid") is { } setsid ? [setsid]
            : OnPath("perl") is { } perl ? [perl, .. PerlSetsid]     // macOS has no setsid
            : [];
        string[] line = [.. starter, program, .. arguments];
        return new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,       // its end tells the child that we are gone, even by SIGKILL
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
