using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;

namespace ProspectOps.Cli.Commands;

/// <summary><c>pipeline</c>: one file, start to end.</summary>
internal sealed class PipelineCommand(Screen screen, Interruption interruption)
{
    private readonly Argument<FileInfo> _file = new("FILE.csv") { Description = "The people: a CSV with a header row." };
    private readonly Option<string> _industry = new("--industry") { Description = "Whom they are in; `./prospectops industries` lists the ids.", HelpName = "ID", Required = true };
    private readonly Option<string?> _name = new("--name") { Description = "The campaign's name. Default: the file's.", HelpName = "NAME" };
    private readonly Option<string[]?> _generateFor = new("--generate-for")
    {
        Description = "For which tiers messages are written, for example A,B (the default) or A,B,C,D or none.",
        HelpName = "TIERS",
        CustomParser = Tiers,
    };
    private readonly Option<Uri?> _deliverTo = CommonOptions.HttpUrl("--deliver-to", "Post the campaign to this address as signed webhooks; the secret that signs them is printed once.");
    private readonly Option<string?> _out = new("--out") { Description = "Where campaign.csv, campaign.jsonl and rejected.csv go. Default: prospectops-out/CAMPAIGN.", HelpName = "DIR" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var command = new DocumentedCommand("pipeline", "Research, validate, analyze, generate and deliver for the people of one file.", """
            Uses the platform that runs on the data folder (`./prospectops up`); where none runs it brings one up, and takes
            it down when nothing is pending. Prints a bar for each stage on a terminal and plain lines in a pipe, then a
            table; with --json the workflow, last, on standard output, and everything else on standard error.
            Ctrl-C asks whether to cancel or to leave it running; `workflows watch ID` takes it up again.

            Examples:
              ./prospectops pipeline people.csv --industry saas
              ./prospectops pipeline people.csv --industry saas --generate-for A,B,C --out results
              ./prospectops pipeline people.csv --industry saas --deliver-to https://hooks.example.com/prospects
              ./prospectops pipeline people.csv --industry saas --json | jq .byTier

            Exit code: 0 completed, 1 failed, 2 wrong usage, 130 left by Ctrl-C.
            """) { _file, _industry, _name, _generateFor, _deliverTo, _out, _json };
        _connection.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var file = parsed.GetValue(_file)!;
        InputFile.Require(file);
        var json = parsed.GetValue(_json);
        var deliverTo = parsed.GetValue(_deliverTo);
        var settings = _connection.Read(parsed, "pipeline", deliverTo);

        await using var connection = await Connection.OpenAsync(settings, screen, interruption);
        var started = await StartAsync(connection, file, parsed, deliverTo);
        Action<string> say = json ? screen.Note : screen.Line;
        say($"workflow  {started.Text("workflowId")}  campaign  {started.Text("campaignId")}");
        if (started.Text("deliverySecret") is { Length: > 0 } secret)
            say($"delivery secret  {secret}  (shown this once; the receiver checks signatures with it)");

        var workflow = await new WorkflowWatch(screen, interruption, json).FollowAsync(connection, started.Text("workflowId"));
        if (workflow is null)
            return ExitCode.Interrupted;

        var end = new WorkflowEnd(screen, interruption, TimeProvider.System);
        if (workflow.Status == "Completed")
        {
            var folder = Path.GetFullPath(parsed.GetValue(_out) ?? Path.Combine("prospectops-out", workflow.CampaignId ?? workflow.Id));
            await end.SaveAsync(connection, workflow, folder);
            workflow = await end.SettleAsync(connection, workflow);
        }
        if (json)
            screen.Json(workflow.Raw);
        else
            end.Print(workflow);
        return end.ExitCodeOf(workflow);
    }

    private async Task<JsonElement> StartAsync(Connection connection, FileInfo file, ParseResult parsed, Uri? deliverTo)
    {
        var options = new Dictionary<string, object>();
        // An option that was not given reads as an empty list, which would mean nobody.
        if (parsed.GetResult(_generateFor) is not null)
            options["generateFor"] = parsed.GetValue(_generateFor) ?? [];
        if (deliverTo is not null)
            options["deliverTo"] = new { url = deliverTo.OriginalString };

        var upload = await connection.Api.UploadAsync(file.FullName, interruption.Token);
        return await connection.Api.PostAsync("workflows/complete-pipeline", new
        {
            name = parsed.GetValue(_name) ?? Path.GetFileNameWithoutExtension(file.Name),
            industry = parsed.GetValue(_industry),
            uploadId = upload.Text("uploadId"),
            options,
        }, interruption.Token);
    }

    private static string[]? Tiers(ArgumentResult result)
    {
        var text = string.Join(',', result.Tokens.Select(token => token.Value)).ToUpperInvariant();
        if (text == "NONE")
            return [];
        var tiers = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        if (tiers.Length > 0 && tiers.All(tier => tier is "A" or "B" or "C" or "D"))
            return tiers;
        result.AddError($"--generate-for takes tiers out of A, B, C, D, or none; not '{text}'.");
        return null;
    }
}
