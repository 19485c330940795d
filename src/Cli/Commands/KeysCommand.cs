using System.CommandLine;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Commands;

/// <summary><c>keys show</c>: the key that <c>up</c> made, bare, so that it fits into <c>$(…)</c>.</summary>
internal sealed class KeysCommand(Screen screen)
{
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Create()
    {
        var show = new DocumentedCommand("show", "Print the API key of the data folder, alone on its line.", """
            Example:
              curl -H "X-API-Key: $(./prospectops keys show)" http://127.0.0.1:7071/api/industries
            """) { _data, _json };
        show.SetAction(Show);
        return new Command("keys", "The API key of the data folder.") { show };
    }

    private int Show(ParseResult parsed)
    {
        var folder = new DataFolder(parsed.GetValue(_data)!);
        var key = folder.ApiKey()
            ?? throw new CommandFailedException($"{folder.Path} has no key yet: the first `./prospectops up` makes it.");
        if (parsed.GetValue(_json))
            screen.Json(new { apiKey = key, file = folder.KeyFile });
        else
            screen.Line(key);
        return ExitCode.Completed;
    }
}
