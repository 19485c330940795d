using System.Diagnostics;
using ProspectOps.EndToEnd.Tests.Running;
using ProspectOps.Testing;

namespace ProspectOps.EndToEnd.Tests.Http;

/// <summary>Two linters have nothing to say about the API's document, not even a warning.</summary>
public sealed class DocumentLintTests(Platform platform)
{
    private static readonly string Tools = Path.Combine(RepositoryRoot.Path, "eng", "lint");

    [Theory]
    [InlineData("@redocly/cli/bin/cli.js", "lint", "{0}", "--config", "redocly.yaml", "--format", "stylish")]
    [InlineData("@stoplight/spectral-cli/dist/index.js", "lint", "{0}", "--ruleset", "spectral.yaml", "--fail-severity", "hint")]
    public async Task Linter_finds_nothing(string script, params string[] arguments)
    {
        await InstallAsync();
        // Beside the rules, which name places in it.
        var file = Path.Combine(Tools, $"openapi-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, platform.Contract.Document.ToJsonString());
        try
        {
            var (code, output) = await RunAsync("node", [Path.Combine(Tools, "node_modules", script), .. arguments.Select(argument => argument.Replace("{0}", file, StringComparison.Ordinal))]);
            Assert.True(code == 0, output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Tools, "node_modules", "@stoplight")))
            return;
        var (code, output) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Tools, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await errors);
    }
}
