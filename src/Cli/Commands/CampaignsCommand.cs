using System.CommandLine;
using System.Globalization;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>campaigns list|export</c>.</summary>
internal sealed class CampaignsCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = ListOutput.Limit();
    private readonly Argument<string> _id = new("ID") { Description = "The campaign, cmp_…" };
    private readonly Option<string> _format = new("--format") { Description = "csv, jsonl, or what a sequencer imports.", DefaultValueFactory = _ => "csv" };
    private readonly Option<string?> _out = new("--out") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        _format.AcceptOnlyFromAmong("csv", "jsonl", "instantly", "lemlist", "smartlead");
        var list = new Command("list", "The latest campaigns.") { _limit, _json };
        _connection.AddTo(list);
        list.SetAction((parsed, _) => ListAsync(parsed));
        var export = new DocumentedCommand("export", "Every prospect of a campaign, as a file.", """
            Examples:
              ./prospectops campaigns export cmp_123 > campaign.csv
              ./prospectops campaigns export cmp_123 --format instantly --out leads.csv
            """) { _id, _format, _out };
        _connection.AddTo(export);
        export.SetAction((parsed, _) => ExportAsync(parsed));
        return new Command("campaigns", "See and export campaigns.") { list, export };
    }

    private async Task<int> ListAsync(ParseResult parsed)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "campaigns list"), screen, interruption);
        var items = await ListOutput.ReadAsync(connection.Api, "campaigns", parsed.GetValue(_limit), interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(new { items });
            return ExitCode.Completed;
        }
        var table = Screen.NewTable("campaign", "name", "industry", "status", "prospects", "generated", "delivered", "replied");
        foreach (var campaign in items)
        {
            table.AddRow(new Text(campaign.Text("campaignId")), new Text(campaign.Text("name")), new Text(campaign.Text("industry")), new Text(campaign.Text("status")),
                Number("prospects"), Number("generated"), Number("delivered"), Number("replied"));

            Text Number(string name) => new(campaign.Child("counts").Count(name).ToString("N0", CultureInfo.InvariantCulture));
        }
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private async Task<int> ExportAsync(ParseResult parsed)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "campaigns export"), screen, interruption);
        var path = $"campaigns/{Uri.EscapeDataString(parsed.GetValue(_id)!)}/export?format={parsed.GetValue(_format)}";
        if (parsed.GetValue(_out) is { } file)
        {
            await WholeFile.DownloadAsync(connection.Api, path, Path.GetFullPath(file), interruption.Token);
            screen.Note(Path.GetFullPath(file));
        }
        else
        {
            await using var output = Console.OpenStandardOutput();
            await connection.Api.DownloadAsync(path, output, interruption.Token);
        }
        return ExitCode.Completed;
    }
}
