using System.Diagnostics;

namespace ProspectOps.Bench.Running;

/// <summary>The processor time that a process has used, since it began or since a moment before.</summary>
internal static class CpuClock
{
    /// <summary>User and system time of the process, its threads included; zero when it has ended.</summary>
    public static double SecondsOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.TotalProcessorTime.TotalSeconds;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return 0;
        }
    }
}
