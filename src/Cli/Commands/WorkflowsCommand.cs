using System.CommandLine;
using System.Globalization;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>workflows list|show|watch|cancel</c>.</summary>
internal sealed class WorkflowsCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = ListOutput.Limit();
    private readonly Option<string?> _status = new("--status") { Description = "Only those in this state.", HelpName = "STATUS" };
    private readonly Option<string?> _out = new("--out") { Description = "When it has completed, write campaign.csv, campaign.jsonl and rejected.csv here.", HelpName = "DIR" };
    private readonly Argument<string> _id = new("ID") { Description = "The workflow, wf_…" };
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        _status.AcceptOnlyFromAmong("Pending", "Running", "AwaitingApproval", "Suspended", "Completed", "Failed", "Canceled");
        return new Command("workflows", "See, follow and cancel workflows.")
        {
            Sub(new Command("list", "The latest workflows.") { _status, _limit, _json }, ListAsync),
            Sub(new Command("show", "One workflow, as it stands.") { _id, _json }, ShowAsync),
            Sub(new Command("watch", "Follow a workflow to its end; takes up one that Ctrl-C left, and exits like `pipeline`.") { _id, _out, _json }, WatchAsync),
            Sub(new Command("cancel", "Cancel a workflow: no new paid call starts.") { _id, _json }, CancelAsync),
        };
    }

    private Command Sub(Command command, Func<ParseResult, Connection, Task<int>> run)
    {
        _connection.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var connection = await Connection.OpenAsync(_connection.Read(parsed, $"workflows {command.Name}"), screen, interruption);
            return await run(parsed, connection);
        });
        return command;
    }

    private async Task<int> ListAsync(ParseResult parsed, Connection connection)
    {
        var path = parsed.GetValue(_status) is { } status ? $"workflows?status={status}" : "workflows";
        var items = await ListOutput.ReadAsync(connection.Api, path, parsed.GetValue(_limit), interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(new { items });
            return ExitCode.Completed;
        }
        var table = Screen.NewTable("workflow", "kind", "status", "stage", "done", "created");
        foreach (var workflow in items.Select(WorkflowView.Of))
        {
            table.AddRow(new Text(workflow.Id), new Text(workflow.Kind), new Text(workflow.Status), new Text(workflow.IsOver ? "" : workflow.Stage),
                new Text(workflow.IsOver ? "" : $"{workflow.Percent:0} %"), new Text(LocalTime(workflow.CreatedAt)));
        }
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private async Task<int> ShowAsync(ParseResult parsed, Connection connection)
    {
        var workflow = await connection.Api.WorkflowAsync(parsed.GetValue(_id)!, interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(workflow.Raw);
            return ExitCode.Completed;
        }
        new StageLines(screen.Line).Show(workflow);
        new WorkflowEnd(screen, interruption, TimeProvider.System).Print(workflow);
        if (workflow.Error is { } error)
            screen.Line($"error: {error}");
        return ExitCode.Completed;
    }

    private async Task<int> WatchAsync(ParseResult parsed, Connection connection)
    {
        var json = parsed.GetValue(_json);
        if (await new WorkflowWatch(screen, interruption, json).FollowAsync(connection, parsed.GetValue(_id)!) is not { } workflow)
            return ExitCode.Interrupted;

        var end = new WorkflowEnd(screen, interruption, TimeProvider.System);
        if (workflow.Status == "Completed")
        {
            if (parsed.GetValue(_out) is { } folder)
                await end.SaveAsync(connection, workflow, Path.GetFullPath(folder));
            else if (workflow.CampaignId is { } campaignId)
                screen.Dim($"Its files: ./prospectops campaigns export {campaignId} --out campaign.csv");
            workflow = await end.SettleAsync(connection, workflow);
        }
        if (json)
            screen.Json(workflow.Raw);
        else
            end.Print(workflow);
        return end.ExitCodeOf(workflow);
    }

    private async Task<int> CancelAsync(ParseResult parsed, Connection connection)
    {
        var id = parsed.GetValue(_id)!;
        await connection.Api.PostAsync($"workflows/{Uri.EscapeDataString(id)}/cancel", new { }, interruption.Token);
        if (parsed.GetValue(_json))
            screen.Json((await connection.Api.WorkflowAsync(id, interruption.Token)).Raw);
        else
            screen.Line($"{id} is being canceled.");
        return ExitCode.Completed;
    }

    private static string LocalTime(DateTimeOffset? time) => time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
}
