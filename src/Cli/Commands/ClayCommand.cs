using System.CommandLine;
using System.Text.Json;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Running;

namespace ProspectOps.Cli.Commands;

/// <summary><c>clay setup|push</c>.</summary>
internal sealed class ClayCommand(Screen screen, Interruption interruption)
{
    private readonly Option<string?> _industry = new("--industry") { Description = "Whom the campaign is about; `./prospectops industries` lists the ids.", HelpName = "ID" };
    private readonly Option<string?> _campaign = new("--campaign") { Description = "The campaign, cmp_…. Default: one made for it.", HelpName = "CAMPAIGN" };
    private readonly Option<string> _pushed = new("--campaign") { Description = "The campaign, cmp_….", HelpName = "CAMPAIGN", Required = true };
    private readonly Option<Uri?> _webhookUrl = CommonOptions.HttpUrl("--webhook-url", "Connect the campaign to this webhook source of a Clay table.");
    private readonly Option<string?> _tier = new("--tier") { Description = "People of this tier alone: A, B, C or D.", HelpName = "TIER" };
    private readonly Option<bool> _again = new("--again") { Description = "Send rows once more that are overdue, instead of people who were not sent yet." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        _tier.AcceptOnlyFromAmong("A", "B", "C", "D");
        var setup = new DocumentedCommand("setup", "Print what to make in Clay for a campaign, and connect the campaign to its table.", """
            Clay's tables cannot be made from outside: this prints the steps, the columns, and the settings of the HTTP column.
            Once the table has a webhook source, run it again with --campaign and --webhook-url to connect the two. The token of
            that source, where it has one, is read from the environment variable CLAY_AUTH_TOKEN, which keeps it out of the process list.

            Examples:
              ./prospectops clay setup --industry saas
              CLAY_AUTH_TOKEN=… ./prospectops clay setup --campaign cmp_123 --webhook-url https://api.clay.com/v3/sources/webhook/…
            """) { _industry, _campaign, _webhookUrl, _json };
        _connection.AddTo(setup);
        setup.SetAction((parsed, _) => SetupAsync(parsed));
        var push = new DocumentedCommand("push", "Send a campaign's people to its Clay table, and follow it to the end.", """
            People who were sent before are not sent again, and nobody whose address is undeliverable. Clay takes ten rows a second.

            Examples:
              ./prospectops clay push --campaign cmp_123 --tier A
              ./prospectops clay push --campaign cmp_123 --again

            Exit code: 0 completed, 1 failed, 2 wrong usage, 130 left by Ctrl-C; `workflows watch ID` takes it up again.
            """) { _pushed, _tier, _again, _json };
        _connection.AddTo(push);
        push.SetAction((parsed, _) => PushAsync(parsed));
        return new Command("clay", "People to a Clay table and back.") { setup, push };
    }

    private async Task<int> SetupAsync(ParseResult parsed)
    {
        var (campaign, industry, webhookUrl) = (parsed.GetValue(_campaign), parsed.GetValue(_industry), parsed.GetValue(_webhookUrl));
        if (campaign is null && (industry is null || webhookUrl is not null))
            throw new CommandFailedException(webhookUrl is null ? "Say whom it is about: --industry ID, or --campaign CAMPAIGN." : "--webhook-url needs --campaign CAMPAIGN: the one that the table is for.", ExitCode.WrongUsage);
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "clay setup"), screen, interruption);
        if (webhookUrl is not null)
            return await ConnectAsync(parsed, connection, campaign!, webhookUrl);

        var blueprint = await connection.Api.PostAsync("clay/setup-tables", new { campaignId = campaign, industry }, interruption.Token);
        if (parsed.GetValue(_json))
            screen.Json(blueprint);
        else
            Print(blueprint);
        return ExitCode.Completed;
    }

    private async Task<int> ConnectAsync(ParseResult parsed, Connection connection, string campaign, Uri webhookUrl)
    {
        var token = Environment.GetEnvironmentVariable("CLAY_AUTH_TOKEN") is { Length: > 0 } given ? given : null;
        var connected = await connection.Api.SendJsonAsync(HttpMethod.Put, "clay/connection", new { webhookUrl = webhookUrl.OriginalString, authToken = token, campaignId = campaign }, interruption.Token);
        if (parsed.GetValue(_json))
            screen.Json(connected);
        else
            screen.Line($"{campaign} is connected: {connected.Count("sent"):N0} of {connected.Count("lifetimeLimit"):N0} rows sent. Next: ./prospectops clay push --campaign {campaign}");
        return ExitCode.Completed;
    }

    private async Task<int> PushAsync(ParseResult parsed)
    {
        var (campaign, tier, again, json) = (parsed.GetValue(_pushed)!, parsed.GetValue(_tier), parsed.GetValue(_again), parsed.GetValue(_json));
        if (again && tier is not null)
            throw new CommandFailedException("--again goes by what is overdue, whatever its tier: leave --tier out.", ExitCode.WrongUsage);
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "clay push"), screen, interruption);
        var started = again
            ? await connection.Api.PostAsync("clay/rows/push-again", new { campaignId = campaign }, interruption.Token)
            : await connection.Api.PostAsync("clay/push", new { campaignId = campaign, tier }, interruption.Token);
        (json ? (Action<string>)screen.Note : screen.Line)($"workflow  {started.Text("workflowId")}  campaign  {campaign}");
        if (await new WorkflowWatch(screen, interruption, json).FollowAsync(connection, started.Text("workflowId")) is not { } workflow)
            return ExitCode.Interrupted;
        if (json)
            screen.Json(workflow.Raw);
        else
            screen.Line($"{workflow.Count("received"):N0} people: {workflow.Count("delivered"):N0} sent, {workflow.Count("duplicates"):N0} sent before, {workflow.Count("invalid"):N0} undeliverable, {workflow.Count("failed"):N0} failed.");
        return new WorkflowEnd(screen, interruption, TimeProvider.System).ExitCodeOf(workflow);
    }

    private void Print(JsonElement blueprint)
    {
        screen.Line($"campaign  {blueprint.Text("campaignId")}");
        foreach (var (number, step) in blueprint.Items("instructions").Index())
            screen.Line($"\n{number + 1}. {step.GetString()}");
        foreach (var table in blueprint.Items("tables"))
        {
            screen.Line($"\ntable  {table.Text("name")}");
            foreach (var column in table.Items("columns"))
                screen.Line($"  {column.Text("name"),-20} {column.Text("type"),-9} {column.Text("formula")}".TrimEnd());
            var http = table.Child("httpColumn");
            screen.Line($"  HTTP API column\n    {http.Text("method")} {http.Text("url")}");
            foreach (var header in http.Child("headers").EnumerateObject())
                screen.Line($"    {header.Name}: {header.Value.GetString()}");
            screen.Line($"    only run if: {http.Text("runCondition")}\n    return: {string.Join(", ", http.Items("returnPaths").Select(path => path.GetString()))}\n    body:\n{Indented(http.Text("bodyTemplate"))}");
        }
        screen.Note("\nThe token is shown this once.");
    }

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => $"      {line}"));
}
