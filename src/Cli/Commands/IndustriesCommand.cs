using System.CommandLine;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>industries</c>: what <c>--industry</c> takes.</summary>
internal sealed class IndustriesCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var command = new Command("industries", "List the industries, and whether the research on each is there.") { _json };
        _connection.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "industries"), screen, interruption);
        var industries = await connection.Api.GetAsync("industries?limit=200", interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(industries);
            return ExitCode.Completed;
        }
        var table = Screen.NewTable("id", "name", "research");
        foreach (var industry in industries.Items("items"))
            table.AddRow(new Text(industry.Text("id")), new Text(industry.Text("name")), new Text(industry.Text("agentStatus")));
        screen.Out.Write(table);
        return ExitCode.Completed;
    }
}
