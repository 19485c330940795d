using System.Diagnostics;
using ProspectOps.Testing;

namespace ProspectOps.Tests.Research;

/// <summary>Runs the check that the build runs.</summary>
internal static class SchemaCheck
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(RepositoryRoot.Path, "eng", "check-packs.mjs"));
        start.ArgumentList.Add(Path.Combine(RepositoryRoot.Path, "src", "Shared", "Research", "pack.schema.json"));
        start.ArgumentList.Add(folder);
        using var check = Process.Start(start)!;
        var errors = check.StandardError.ReadToEndAsync();
        var output = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();
        return (check.ExitCode, output + await errors);
    }
}
