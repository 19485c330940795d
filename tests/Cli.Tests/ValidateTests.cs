using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using ProspectOps.Cli.Tests.FakeApp;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary><c>validate</c> against a server in this process.</summary>
public sealed class ValidateTests : IAsyncLifetime
{
    private readonly FakeBehavior _behavior = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-validate-");
    private readonly string _address = $"http://127.0.0.1:{FreePorts.Take(1)}";
    private readonly FakeServer _server;
    private readonly WebApplication _app;

    public ValidateTests()
    {
        _server = new FakeServer(_behavior);
        _app = _server.Build(_address);
    }

    private string File => Path.Combine(_folder.FullName, "people.csv");

    private string Out => Path.Combine(_folder.FullName, "out");

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(File, "email\nann@example.com\n");
        await _app.StartAsync();
    }

    [Fact]
    public async Task Completed_is_0_with_lines_a_table_and_a_file_for_each_verdict()
    {
        var run = await Validate("--smtp", "--dedupe", "exact");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("?smtpProbe=true&dedupe=exact", Assert.Single(_server.Jobs).Query);
        Assert.Equal("email\nann@example.com\n", Assert.Single(_server.Jobs).Body);
        Assert.Contains("checked 4/4", run.Output, StringComparison.Ordinal);
        foreach (var row in new[] { "deliverable", "undeliverable", "duplicates", "from the cache", "seconds", "2.0" })
            Assert.Contains(row, run.Output, StringComparison.Ordinal);
        Assert.Equal(["deliverable.csv", "duplicates.csv", "results.csv", "undeliverable.csv"], Directory.GetFiles(Out).Select(Path.GetFileName).Order());
        Assert.Equal("email,verdict\nonly undeliverable\n", await System.IO.File.ReadAllTextAsync(Path.Combine(Out, "undeliverable.csv")));
    }

    [Fact]
    public async Task Json_prints_the_job_alone_on_standard_output()
    {
        var run = await Validate("--json");

        Assert.Equal(0, run.ExitCode);
        using var job = JsonDocument.Parse(run.Output);
        Assert.Equal(3, job.RootElement.GetProperty("byVerdict").GetProperty("deliverable").GetInt32());
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.Contains("checked", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_end_is_1_with_what_there_is_saved()
    {
        _behavior.EndsAs = "CompletedWithErrors";

        var run = await Validate();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("job_1 ended as CompletedWithErrors", run.Error, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(Path.Combine(Out, "results.csv")));
    }

    [Fact]
    public async Task Interrupt_leaves_it_running()
    {
        _behavior.EndsAs = "Running";
        await using var run = CliRun.Start(Arguments());
        await run.UntilItSaysAsync("checked");

        run.Signal(PosixSignalNumber.Interrupt);
        await run.EndAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("job_1 runs on", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_not_there_is_wrong_usage() =>
        Assert.Equal(2, (await CliRun.ToEndAsync("validate", "no-such.csv", "--url", _address, "--api-key", FakeBehavior.Key)).ExitCode);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<CliRun> Validate(params IEnumerable<string> more) => CliRun.ToEndAsync([.. Arguments(), .. more]);

    private string[] Arguments() => ["validate", File, "--out", Out, "--url", _address, "--api-key", FakeBehavior.Key];
}
