using System.Diagnostics;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary>What the script says before anything is built.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly DirectoryInfo _path = Directory.CreateTempSubdirectory("prospectops-path-");

    [Fact]
    public async Task Missing_Node_is_named_with_how_to_get_it()
    {
        Provide("bash", "dotnet");

        var (exitCode, error) = await Script("keys", "show");

        Assert.Equal(1, exitCode);
        Assert.Contains("needs Node 20 or newer", error, StringComparison.Ordinal);
        Assert.Contains("apt-get install nodejs npm", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_dotnet_is_named_with_how_to_get_it()
    {
        Provide("bash", "node", "cmp", "cut", "mkdir", "flock", "cp");

        var (exitCode, error) = await Script("keys", "show");

        Assert.Equal(1, exitCode);
        Assert.Contains("needs the .NET 10 SDK", error, StringComparison.Ordinal);
        Assert.Contains("dotnet-install.sh", error, StringComparison.Ordinal);
    }

    public void Dispose() => _path.Delete(recursive: true);

    private void Provide(params string[] programs)
    {
        foreach (var program in programs)
        {
            var folders = Environment.GetEnvironmentVariable("PATH")!.Split(':');
            if (folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) is { } found)
                File.CreateSymbolicLink(Path.Combine(_path.FullName, program), found);
        }
    }

    private async Task<(int ExitCode, string Error)> Script(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_path.FullName, "bash"), [Path.Combine(RepositoryRoot.Path, "prospectops"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = _path.FullName;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
