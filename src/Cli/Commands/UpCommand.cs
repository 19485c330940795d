using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Commands;

/// <summary><c>up</c>: the platform in the foreground.</summary>
internal sealed class UpCommand(Screen screen, Interruption interruption)
{
    private readonly Option<int> _port = CommonOptions.Number("--port", "PORT", Ports.App, 65_535, "Where the app listens, on 127.0.0.1.");
    private readonly Option<int> _storagePort = CommonOptions.Number("--storage-port", "PORT", Ports.Storage, 65_535 - Ports.StorageCount + 1, "First of Azurite's three ports: blobs, queues, tables.");
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<bool> _logs = new("--logs") { Description = "Show the app's log here too; it always goes to DIR/logs/app.log." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _app = CommonOptions.App();

    public Command Create()
    {
        var command = new DocumentedCommand("up", "Start ProspectOps on this machine and keep it running until Ctrl-C (or SIGTERM).", """
            Starts Azurite and the app, prints the address, where the data lie and the API key of tenant `default`
            (scope *, 1,000,000 requests a minute; kept in DIR/api-key, readable by you alone), and then "ready".
            If the app dies alone it is started again; its process id stands in DIR/app.pid.

            Examples:
              ./prospectops up
              ./prospectops up --port 8080 --storage-port 11000 --data ~/prospects
              curl -H "X-API-Key: $(./prospectops keys show)" http://127.0.0.1:7071/api/industries
            """) { _port, _storagePort, _data, _logs, _json, _app };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var started = Stopwatch.StartNew();
        var folder = new DataFolder(parsed.GetValue(_data)!);
        var checkout = Checkout.Find();
        LocalPlatform? platform;
        try
        {
            platform = await LocalPlatform.TryStartAsync(new LocalPlatformSettings(folder, "up", parsed.GetValue(_port), parsed.GetValue(_storagePort),
                parsed.GetValue(_app) ?? checkout.App, checkout.AzuriteScript, DeliverTo: null, parsed.GetValue(_logs) ? screen.Dim : null, screen.Note), interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            screen.Dim("Stopped before it was ready.");
            return ExitCode.Interrupted;
        }
        if (platform is null)
            throw new CommandFailedException(InUse(folder));

        await using (platform)
        {
            Announce(platform, folder, started.Elapsed, parsed.GetValue(_json));
            var stop = Task.Delay(Timeout.Infinite, interruption.Token);
            if (await Task.WhenAny(stop, platform.Broken) == platform.Broken)
                throw new CommandFailedException(await platform.Broken);
            screen.Dim("Stopping: the app finishes what it is doing, Azurite saves …");
        }
        screen.Dim("Stopped. Everything is kept; `./prospectops up` goes on from here.");
        return ExitCode.Completed;
    }

    private void Announce(LocalPlatform platform, DataFolder folder, TimeSpan took, bool json)
    {
        var address = platform.Address.AbsoluteUri.TrimEnd('/');
        if (json)
        {
            screen.Json(new { status = "ready", address, dataFolder = folder.Path, apiKey = platform.ApiKey });
            return;
        }
        screen.Line($"""
            address  {address}/api
            data     {folder.Path}   (log: logs/app.log)
            API key  {platform.ApiKey}
                     tenant default, scope *, 1,000,000 requests a minute; kept in {folder.KeyFile}
            ready    in {took.TotalSeconds:0.0} s. Ctrl-C stops it.
            """);
    }

    private static string InUse(DataFolder folder) => $"""
        The data folder {folder.Path} is in use by {folder.Holder()}{(folder.Address() is { } address ? $", at {address.AbsoluteUri.TrimEnd('/')}" : "")}.
        Use that one, end it first, or give this one a folder of its own: --data DIR (and --port, --storage-port).
        """;
}
