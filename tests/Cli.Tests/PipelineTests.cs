using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using ProspectOps.Cli.Tests.FakeApp;
using ProspectOps.Testing;

namespace ProspectOps.Cli.Tests;

/// <summary><c>pipeline</c> against a server in this process, which tells what it was asked.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private readonly FakeBehavior _behavior = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prospectops-pipeline-");
    private readonly string _address = $"http://127.0.0.1:{FreePorts.Take(1)}";
    private readonly FakeServer _server;
    private readonly WebApplication _app;

    public PipelineTests()
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
    public async Task Completed_is_0_with_lines_a_table_and_three_files()
    {
        var run = await Pipeline("--name", "Spring", "--generate-for", "a,C");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("email\nann@example.com\n", Assert.Single(_server.Uploads));
        Assert.Equal("""{"name":"Spring","industry":"saas","uploadId":"upl_1","options":{"generateFor":["A","C"]}}""", Assert.Single(_server.Starts).Body);
        Assert.Contains("validate  running  2/4", run.Output, StringComparison.Ordinal);
        Assert.Contains("validate  done     4/4", run.Output, StringComparison.Ordinal);
        foreach (var row in new[] { "received", "duplicates", "invalid", "tier A", "tier D", "generated", "delivered", "cost", "0.25 USD", "seconds", "2.5" })
            Assert.Contains(row, run.Output, StringComparison.Ordinal);
        Assert.Equal("email,tier\nann@example.com,A\n", await Read("campaign.csv"));
        Assert.Equal("{\"prospectKey\":\"p1\"}\n", await Read("campaign.jsonl"));
        Assert.Equal("line,reason,email\n4,no address,nobody\n", await Read("rejected.csv"));
        Assert.Equal(3, Directory.GetFiles(Out).Length);
        Assert.DoesNotContain(run.Output.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public async Task Json_prints_the_workflow_alone_on_standard_output_and_progress_on_standard_error()
    {
        var run = await Pipeline("--json", "--deliver-to", "http://127.0.0.1:9/hook");

        Assert.Equal(0, run.ExitCode);
        using var workflow = JsonDocument.Parse(run.Output);
        Assert.Equal("Completed", workflow.RootElement.GetProperty("status").GetString());
        Assert.Equal(1, workflow.RootElement.GetProperty("byTier").GetProperty("A").GetInt32());
        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.Contains("validate  running", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split("whsec_once").Skip(1));
        Assert.Contains("\"deliverTo\":{\"url\":\"http://127.0.0.1:9/hook\"}", Assert.Single(_server.Starts).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Failed", "ended as Failed: the model was away")]
    [InlineData("Canceled", "ended as Canceled")]
    public async Task Any_other_end_is_1_and_says_why(string status, string message)
    {
        _behavior.EndsAs = status;

        var run = await Pipeline();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Start_that_fails_is_tried_again_with_the_same_key()
    {
        _behavior.FailStarts = 2;

        var run = await Pipeline();

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, _server.Starts.Count);
        Assert.Single(_server.Starts.Select(start => start.IdempotencyKey).Distinct());
        Assert.NotEmpty(_server.Starts.First().IdempotencyKey);
    }

    [Fact]
    public async Task Reply_that_breaks_off_is_asked_for_again()
    {
        _behavior.BreakReplies = 3;

        Assert.Equal(0, (await Pipeline()).ExitCode);
    }

    [Fact]
    public async Task Unknown_industry_is_wrong_usage_with_the_problem()
    {
        var run = await CliRun.ToEndAsync(Arguments("saaas"));

        Assert.Equal(2, run.ExitCode);
        foreach (var line in new[] { "Invalid request (400, invalid_request)", "A field is wrong.", "industry: is not an industry", "what to do: Do something else.", "request id: req_1" })
            Assert.Contains(line, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_with_retries_ahead_are_named()
    {
        _behavior.Deliveries = """{"pending":0,"delivered":1,"retrying":2,"dead":1,"nextAttemptAt":"2999-01-01T00:00:00Z"}""";

        var run = await Pipeline();

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("2 deliveries have retries ahead, the next at 2999-01-0", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 delivery gave up: `./prospectops webhooks dead-letters list` says why", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_cannot_be_written_are_named_with_the_way_to_save_them_elsewhere()
    {
        var run = await CliRun.ToEndAsync("pipeline", File, "--industry", "saas", "--out", Path.Combine(File, "out"), "--url", _address, "--api-key", FakeBehavior.Key);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{Path.Combine(File, "out", "campaign.csv")} cannot be written", LastLines(run.Error, 2), StringComparison.Ordinal);
        Assert.Contains("./prospectops workflows watch wf_1 --out DIR", LastLines(run.Error, 1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline")]
    [InlineData("validate")]
    public async Task File_that_cannot_be_read_is_wrong_usage_before_anything_starts(string command)
    {
        using var held = new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        string[] arguments = command == "pipeline" ? ["pipeline", File, "--industry", "saas"] : ["validate", File];

        var run = await CliRun.ToEndAsync([.. arguments, "--url", _address, "--api-key", FakeBehavior.Key]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"{File} cannot be read: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(_server.Uploads);
    }

    [Fact]
    public async Task Folder_in_place_of_a_file_is_called_one()
    {
        var run = await CliRun.ToEndAsync("pipeline", _folder.FullName, "--industry", "saas", "--url", _address, "--api-key", FakeBehavior.Key);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{_folder.FullName} is a folder", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--expires", "soon", "--expires takes a time such as 2026-11-20T09:00:00Z, not 'soon'.")]
    [InlineData("--rate", "many", "--rate takes a number, not 'many'.")]
    [InlineData("--grace-hours", "x", "--grace-hours takes a number, not 'x'.")]
    public async Task Value_of_the_wrong_kind_is_said_without_a_type_of_dotnet(string option, string value, string message)
    {
        string[] command = option == "--grace-hours" ? ["keys", "rotate", "key_1"] : ["keys", "create", "--name", "n", "--scope", "*"];

        var run = await CliRun.ToEndAsync([.. command, option, value]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_command_is_named()
    {
        var run = await CliRun.ToEndAsync("down");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("./prospectops has no command 'down'.\n`./prospectops --help` shows how.", run.Error.TrimEnd());
    }

    [Fact]
    public async Task Interrupt_without_a_terminal_leaves_it_running_and_says_how_to_take_it_up()
    {
        _behavior.EndsAs = "Running";
        await using var run = CliRun.Start(Arguments("saas"));
        await run.UntilItSaysAsync("validate  running");

        run.Signal(PosixSignalNumber.Interrupt);
        await run.EndAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("./prospectops workflows watch wf_1", run.Error, StringComparison.Ordinal);

        _behavior.EndsAs = "Completed";
        var watch = await CliRun.ToEndAsync("workflows", "watch", "wf_1", "--out", Out, "--url", _address, "--api-key", FakeBehavior.Key);
        Assert.Equal(0, watch.ExitCode);
        Assert.Equal(3, Directory.GetFiles(Out).Length);
    }

    [Fact]
    public async Task Key_that_is_not_known_is_a_failure_with_its_request_id()
    {
        var run = await CliRun.ToEndAsync("industries", "--url", _address, "--api-key", "po_wrong");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Unauthorized (401, unauthorized)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_said_within_seconds()
    {
        var run = await CliRun.ToEndAsync("industries", "--url", $"http://127.0.0.1:{FreePorts.Take(1)}", "--api-key", "k");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not answer (connection refused)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_tables_for_people_and_one_line_of_JSON_for_programs()
    {
        Assert.Contains("Software as a service", (await Call("industries")).Output, StringComparison.Ordinal);
        Assert.StartsWith("""{"items":[{"id":"saas",""", (await Call("industries", "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("Spring", (await Call("campaigns", "list")).Output, StringComparison.Ordinal);
        Assert.StartsWith("""{"items":[{"campaignId":"cmp_1",""", (await Call("campaigns", "list", "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("received", (await Call("workflows", "show", "wf_1")).Output, StringComparison.Ordinal);
        Assert.Contains("wf_1", (await Call("workflows", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("email,tier\nann@example.com,A\n", (await Call("campaigns", "export", "cmp_1")).Output);
        Assert.Equal(1, (await Call("workflows", "show", "wf_2")).ExitCode);
        Assert.Contains("is being canceled", (await Call("workflows", "cancel", "wf_1")).Output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<CliRun> Call(params IEnumerable<string> arguments) => CliRun.ToEndAsync([.. arguments, "--url", _address, "--api-key", FakeBehavior.Key]);

    private Task<CliRun> Pipeline(params IEnumerable<string> more) => CliRun.ToEndAsync([.. Arguments("saas"), .. more]);

    private string[] Arguments(string industry) => ["pipeline", File, "--industry", industry, "--out", Out, "--url", _address, "--api-key", FakeBehavior.Key];

    private static string LastLines(string text, int count) => string.Join('\n', text.TrimEnd().Split('\n')[^count..]);

    private Task<string> Read(string name) => System.IO.File.ReadAllTextAsync(Path.Combine(Out, name));
}
