using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProspectOps.Cli;

/// <summary>Asks a process to end. <see cref="Process.Kill()"/> is SIGKILL, which lets nothing be saved.</summary>
public static partial class UnixSignal
{
    private const int SigTerm = 15;

    /// <summary>Sends SIGTERM; a process that has ended already is no error.</summary>
    public static void Terminate(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (!process.HasExited)
            _ = Kill(process.Id, SigTerm);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
