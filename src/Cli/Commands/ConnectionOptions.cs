using System.CommandLine;

namespace ProspectOps.Cli.Commands;

/// <summary>Where the API is: one that runs already, or one that the command brings up.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<Uri?> _url = CommonOptions.HttpUrl("--url", "Talk to this ProspectOps instead of the one of the data folder, for example https://ops.example.com.");

    private readonly Option<string?> _apiKey = new("--api-key")
    {
        Description = "Its API key; also read from PROSPECTOPS_API_KEY, which keeps it out of the process list.",
        HelpName = "KEY",
    };

    private readonly Option<string> _data = CommonOptions.Data();

    private readonly Option<string?> _app = CommonOptions.App();

    public ConnectionOptions AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_apiKey);
        command.Options.Add(_data);
        command.Options.Add(_app);
        return this;
    }

    public ConnectionSettings Read(ParseResult parsed, string command, Uri? deliverTo = null)
    {
        var url = parsed.GetValue(_url);
        var apiKey = parsed.GetValue(_apiKey) ?? Environment.GetEnvironmentVariable("PROSPECTOPS_API_KEY");
        if (url is not null && string.IsNullOrWhiteSpace(apiKey))
            throw new CommandFailedException("--url needs a key: --api-key KEY, or the environment variable PROSPECTOPS_API_KEY.", ExitCode.WrongUsage);
        if (url is null && parsed.GetValue(_apiKey) is not null)
            throw new CommandFailedException("--api-key goes with --url; the key of a data folder is read from the folder.", ExitCode.WrongUsage);
        return new ConnectionSettings(url, apiKey, new Running.DataFolder(parsed.GetValue(_data)!), parsed.GetValue(_app), command, deliverTo);
    }
}
