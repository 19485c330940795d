namespace ProspectOps.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string, string> WrongUsages => new()
    {
        { "pipelines", "pipelines" },
        { "workflows", "Required command" },
        { "pipeline", "--industry" },
        { "pipeline no-such-file.csv --industry saas", "There is no file" },
        { "pipeline a.csv --industry saas --generate-for A,E", "--generate-for takes tiers" },
        { "pipeline a.csv --industry saas --deliver-to nowhere", "--deliver-to takes an http or https address" },
        { "industries --url ftp://example.com", "--url takes an http or https address" },
        { "industries --url http://example.com", "--url needs a key" },
        { "industries --api-key k", "--api-key goes with --url" },
        { "up --port 70000", "--port takes a number from 1 to 65535" },
        { "up --port x", "--port takes a number" },
        { "campaigns export cmp_1 --format xlsx", "xlsx" },
        { "workflows list --status Done", "Done" },
        { "clay setup", "--industry ID, or --campaign CAMPAIGN" },
        { "clay setup --industry saas --webhook-url https://x.example/", "--webhook-url needs --campaign" },
        { "clay push", "--campaign" },
        { "clay push --campaign cmp_1 --tier E", "E" },
        { "clay push --campaign cmp_1 --tier A --again", "leave --tier out" },
    };

    [Theory]
    [MemberData(nameof(WrongUsages))]
    public async Task Wrong_usage_is_2_and_names_what_is_wrong(string line, string message)
    {
        var run = await CliRun.ToEndAsync(line.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("--help", "./prospectops pipeline people.csv --industry saas")]
    [InlineData("up --help", "./prospectops up --port 8080")]
    [InlineData("pipeline --help", "--deliver-to <URL>")]
    [InlineData("workflows watch --help", "takes up one that Ctrl-C left")]
    [InlineData("test --help", "--project LocalRuntime.Tests")]
    public async Task Help_shows_the_name_to_type_and_examples(string line, string text)
    {
        var run = await CliRun.ToEndAsync(line.Split(' '));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:\n  ./prospectops", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_without_a_key_says_where_keys_come_from()
    {
        var run = await CliRun.ToEndAsync("keys", "show", "--data", Path.Combine(Path.GetTempPath(), "prospectops-no-such-folder"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no key yet: the first `./prospectops up` makes it", run.Error, StringComparison.Ordinal);
    }
}
