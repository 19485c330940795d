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

    [Fact]
    public async Task Interrupted_set_up_is_130_and_explains_no_failure()
    {
        var root = _path.CreateSubdirectory("checkout");
        foreach (var file in new[] { "prospectops", "package-lock.json" })
            File.Copy(Path.Combine(RepositoryRoot.Path, file), Path.Combine(root.FullName, file));
        Provide("bash", "cmp", "cut", "mkdir", "flock", "sleep");
        Program("node", "echo v22.0.0");
        Program("npm", $"echo npm runs >&2; until [ -e '{root.FullName}/go' ]; do sleep 0.05; done; exit 1");

        using var script = Start(Path.Combine(root.FullName, "prospectops"), "keys", "show");
        var error = "";
        while (!error.Contains("npm runs", StringComparison.Ordinal) && await script.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            error += line + '\n';
        CliRun.Signal(script.Id, PosixSignalNumber.Interrupt);
        await File.WriteAllTextAsync(Path.Combine(root.FullName, "go"), "", TestContext.Current.CancellationToken);
        error += await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, script.ExitCode);
        Assert.Contains("Stopped.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("npm ci failed", error, StringComparison.Ordinal);
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

    private void Program(string name, string script)
    {
        var file = Path.Combine(_path.FullName, name);
        File.WriteAllText(file, $"#!{Path.Combine(_path.FullName, "bash")}\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_path.FullName, "bash"), [script, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = _path.FullName;
        return Process.Start(start)!;
    }

    private async Task<(int ExitCode, string Error)> Script(params string[] arguments)
    {
        using var process = Start(Path.Combine(RepositoryRoot.Path, "prospectops"), arguments);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
