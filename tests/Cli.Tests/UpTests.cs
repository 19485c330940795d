using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace ProspectOps.Cli.Tests;

public sealed class UpTests : IAsyncDisposable
{
    private readonly UpWorld _world = new();

    [Fact]
    public async Task Ready_is_said_when_health_answers_and_with_address_folder_and_key()
    {
        var up = await _world.UpAsync();

        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{_world.Address}/api/health", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains(_world.Address, up.Output, StringComparison.Ordinal);
        Assert.Contains(_world.Folder, up.Output, StringComparison.Ordinal);
        Assert.Contains("po_fake_secret", up.Output, StringComparison.Ordinal);
        Assert.Contains("1,000,000 requests a minute", up.Output, StringComparison.Ordinal);
        Assert.Contains("Platform__Mode=local", _world.Read("logs", "app.log"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignalNumber.Terminate)]
    [InlineData(PosixSignalNumber.Interrupt)]
    internal async Task A_signal_stops_the_app_and_Azurite_and_leaves_neither(PosixSignalNumber signal)
    {
        var up = await _world.UpAsync();
        var (app, azurite) = (_world.AppProcessId, _world.AzuriteProcessId);
        Assert.True(CliRun.IsAlive(app) && CliRun.IsAlive(azurite));

        up.Signal(signal);
        await up.EndAsync();

        Assert.Equal(0, up.ExitCode);
        Assert.False(CliRun.IsAlive(app));
        Assert.False(CliRun.IsAlive(azurite));
        Assert.False(_world.Has("app.pid") || _world.Has("address") || _world.Has("azurite", "azurite.pid"));
    }

    [Fact]
    public async Task App_and_Azurite_end_when_up_is_killed_hard()
    {
        var up = await _world.UpAsync();
        var (app, azurite) = (_world.AppProcessId, _world.AzuriteProcessId);

        up.Signal(PosixSignalNumber.Kill);

        await Eventually.Async(() => !CliRun.IsAlive(app) && !CliRun.IsAlive(azurite), () => "They are still there.");
    }

    [Fact]
    public async Task App_that_is_killed_is_started_again_and_Azurite_stays()
    {
        var up = await _world.UpAsync();
        var (app, azurite) = (_world.AppProcessId, _world.AzuriteProcessId);

        for (var kill = 0; kill < 3; kill++)
        {
            CliRun.Signal(app, PosixSignalNumber.Kill);
            await Eventually.Async(() => _world.AppProcessId is > 0 and var again && again != app, () => up.Error);
            app = _world.AppProcessId;
            await Eventually.Async(() => up.Error.Contains($"answers again at {_world.Address} (process {app})", StringComparison.Ordinal), () => up.Error);
        }

        Assert.Equal(azurite, _world.AzuriteProcessId);
        Assert.True(CliRun.IsAlive(azurite));
        Assert.Contains("killed by signal 9", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_that_keeps_dying_is_named_with_its_last_lines_and_comes_back_when_it_can()
    {
        var up = await _world.UpAsync();

        _world.Write("die-at-start", "");
        CliRun.Signal(_world.AppProcessId, PosixSignalNumber.Kill);
        await up.UntilItSaysAsync("It has now ended 2 times while it started");
        await up.UntilItSaysAsync("The fake refuses to start.");

        File.Delete(Path.Combine(_world.Folder, "die-at-start"));
        await up.UntilItSaysAsync("The app answers again");
    }

    [Fact]
    public async Task App_that_cannot_start_ends_up_with_its_last_lines()
    {
        _world.Write("die-at-start", "");

        var up = _world.StartUp();
        await up.EndAsync();

        Assert.Equal(1, up.ExitCode);
        Assert.Contains("The app ended while it started (exit code 3)", up.Error, StringComparison.Ordinal);
        Assert.Contains("The fake refuses to start.", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_that_says_why_it_cannot_start_is_quoted_with_that_alone()
    {
        _world.Write("die-at-start", "a stack trace\nNot started. Content:Tone: must be a tone.");

        var up = _world.StartUp();
        await up.EndAsync();

        Assert.Equal(1, up.ExitCode);
        Assert.Contains("  Not started. Content:Tone: must be a tone.", up.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a stack trace", up.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--storage-port")]
    public async Task Port_in_use_is_named_with_a_way_out(string option)
    {
        var port = option == "--port" ? _world.Port : _world.StoragePort + 1;
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        var up = _world.StartUp();
        await up.EndAsync();

        Assert.Equal(1, up.ExitCode);
        Assert.Contains($"Port {port} is in use", up.Error, StringComparison.Ordinal);
        Assert.Contains($"{option} ", up.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_in_use_is_named_with_its_holder_and_address()
    {
        var first = await _world.UpAsync();

        var second = await CliRun.ToEndAsync("up", "--data", _world.Folder, "--app", CliRun.FakeApp);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"{_world.Folder} is in use by `./prospectops up` (process {first.ProcessId}), at {_world.Address}", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_before_it_is_ready_is_130()
    {
        _world.Write("wait-at-start", "");
        var up = _world.StartUp();
        await up.UntilItSaysAsync("Starting Azurite");

        up.Signal(PosixSignalNumber.Interrupt);
        await up.EndAsync();

        Assert.Equal(130, up.ExitCode);
        Assert.Contains("Stopped before it was ready.", up.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up.lock")]
    [InlineData("up.holder.new")]
    public async Task Folder_that_cannot_be_written_to_is_no_folder_in_use(string file)
    {
        var path = Path.Combine(_world.Folder, file);
        File.CreateSymbolicLink(path, path);    // a loop: nobody can open it, and it is nobody's lock

        var run = await _world.RunAsync("industries");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"The data folder {_world.Folder} cannot be written to: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--data DIR", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_that_may_not_be_read_is_named()
    {
        Directory.CreateDirectory(Path.Combine(_world.Folder, "api-key"));

        var run = await CliRun.ToEndAsync("keys", "show", "--data", _world.Folder);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{Path.Combine(_world.Folder, "api-key")} cannot be read: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_left_by_a_crash_mends_itself_and_the_key_stays()
    {
        var crashed = await _world.UpAsync();
        var key = _world.Read("api-key");
        crashed.Signal(PosixSignalNumber.Kill);

        await _world.UpAsync();

        Assert.Equal(key, _world.Read("api-key"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Key_is_readable_by_its_owner_alone_even_after_a_careless_copy()
    {
        await _world.UpAsync();
        var file = Path.Combine(_world.Folder, "api-key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var show = await CliRun.ToEndAsync("keys", "show", "--data", _world.Folder);

        Assert.Equal("po_fake_secret", show.Output.Trim());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
