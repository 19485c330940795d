using System.Globalization;

namespace ProspectOps.Bench.Reporting;

/// <summary>What the figures were measured on.</summary>
/// <param name="LoadBefore">Processes that wanted a core in the minute before: above the core count, something else was at work.</param>
internal sealed record Machine(int Cores, double? LoadBefore, string Os)
{
    private const string LoadFile = "/proc/loadavg";

    public static Machine Describe() => new(
        Environment.ProcessorCount,
        File.Exists(LoadFile) ? double.Parse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture) : null,
        System.Runtime.InteropServices.RuntimeInformation.OSDescription);
}
