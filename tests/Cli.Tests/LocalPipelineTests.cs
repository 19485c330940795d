namespace ProspectOps.Cli.Tests;

/// <summary>Commands without <c>--url</c>: they use the platform of the folder, or bring one up and take it down.</summary>
public sealed class LocalPipelineTests : IAsyncDisposable
{
    private readonly UpWorld _world = new();

    private string File => Path.Combine(_world.Folder, "people.csv");

    private string Out => Path.Combine(_world.Folder, "out");

    public LocalPipelineTests() => _world.Write("people.csv", "email\nann@example.com\n");

    [Fact]
    public async Task Pipeline_brings_up_what_it_needs_allows_the_one_address_and_takes_it_down()
    {
        var run = await _world.RunAsync("pipeline", File, "--industry", "saas", "--out", Out, "--deliver-to", "http://127.0.0.1:9999/hook");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("whsec_once", run.Output, StringComparison.Ordinal);
        Assert.Contains("Webhooks__AllowedAddresses__0=127.0.0.1:9999", _world.Read("logs", "app.log"), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(Out).Length);
        Assert.False(_world.Has("app.pid") || _world.Has("address") || _world.Has("azurite", "azurite.pid"));
    }

    [Fact]
    public async Task Pipeline_uses_the_platform_that_up_runs_and_leaves_it_up()
    {
        var up = await _world.UpAsync();

        var run = await _world.RunAsync("pipeline", File, "--industry", "saas", "--out", Out);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(CliRun.IsAlive(up.ProcessId) && CliRun.IsAlive(_world.AppProcessId));
    }

    [Fact]
    public async Task Platform_of_a_pipeline_stays_until_the_others_that_use_it_are_done()
    {
        _world.Write("ends-as", "Running");
        var first = _world.Start("pipeline", File, "--industry", "saas", "--out", Out);
        await first.UntilItSaysAsync("validate  running");
        var second = _world.Start("pipeline", File, "--industry", "saas", "--name", "slow", "--out", Out + "2");
        await second.UntilItSaysAsync("validate  running");
        // The first is over with its next look, the other some looks later.
        _world.Write("ends-as", "Completed");

        await second.EndAsync();
        await first.EndAsync();

        Assert.True(second.ExitCode == 0 && first.ExitCode == 0, first.Error + second.Error);
        Assert.DoesNotContain("Starting Azurite", second.Error, StringComparison.Ordinal);
        Assert.False(_world.Has("app.pid"));
    }

    [Fact]
    public async Task Pipeline_outlives_the_death_of_its_app()
    {
        _world.Write("ends-as", "Running");
        var run = _world.Start("pipeline", File, "--industry", "saas", "--out", Out);
        await run.UntilItSaysAsync("validate  running");

        CliRun.Signal(_world.AppProcessId, PosixSignalNumber.Kill);
        // Not before: else it could be over before the app dies.
        _world.Write("ends-as", "Completed");
        await run.EndAsync();

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("The app ended (killed by signal 9)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_pipeline_that_owns_its_platform_takes_it_down_and_says_when_it_goes_on()
    {
        _world.Write("ends-as", "Running");
        var run = _world.Start("pipeline", File, "--industry", "saas");
        await run.UntilItSaysAsync("validate  running");
        var (app, azurite) = (_world.AppProcessId, _world.AzuriteProcessId);

        run.Signal(PosixSignalNumber.Interrupt);
        await run.EndAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("goes on with the next `./prospectops up`", run.Error, StringComparison.Ordinal);
        Assert.False(CliRun.IsAlive(app) || CliRun.IsAlive(azurite));
    }

    [Fact]
    public async Task Signal_to_the_whole_terminal_group_reaches_the_command_line_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var up = await _world.UpAsync();

        // Fields of /proc/ID/stat after the name: state, parent, process group, session.
        Assert.Equal(_world.AppProcessId, SessionOf(_world.AppProcessId));
        Assert.Equal(_world.AzuriteProcessId, SessionOf(_world.AzuriteProcessId));
        Assert.NotEqual(up.ProcessId, SessionOf(_world.AppProcessId));

        static int SessionOf(int processId) => int.Parse(System.IO.File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].Trim().Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
