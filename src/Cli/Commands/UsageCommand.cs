using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>usage</c> and <c>limits</c>: what was used, and what may still be.</summary>
internal sealed class UsageCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string> _by = new("--by") { Description = "day, key or operation.", DefaultValueFactory = _ => "day" };
    private readonly Option<string?> _from = new("--from") { Description = "The first day. Default: 30 days ago.", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "The last day. Default: today.", HelpName = "DAY" };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "Another tenant's; for the operator.", HelpName = "TENANT" };
    private readonly ConnectionOptions _connection = new();

    public Command CreateUsage()
    {
        _by.AcceptOnlyFromAmong("day", "key", "operation");
        var usage = new Command("usage", "Requests, validations, model tokens and cost, cache hits and deliveries.") { _by, _from, _to, _tenant, _json };
        _connection.AddTo(usage);
        usage.SetAction((parsed, _) => UsageAsync(parsed));
        return usage;
    }

    public Command CreateLimits()
    {
        var limits = new Command("limits", "Every rate, quota and budget window of the key: limit, used, remaining, when it resets.") { _json };
        _connection.AddTo(limits);
        limits.SetAction((parsed, _) => LimitsAsync(parsed));
        return limits;
    }

    private async Task<int> UsageAsync(ParseResult parsed)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "usage"), screen, interruption);
        var path = $"manage/usage?groupBy={parsed.GetValue(_by)}";
        foreach (var (name, day) in new[] { ("from", parsed.GetValue(_from)), ("to", parsed.GetValue(_to)) })
        {
            if (day is not null)
                path += $"&{name}={Uri.EscapeDataString(day)}";
        }
        var usage = await connection.Api.GetAsync(Tenants.Path(path, parsed.GetValue(_tenant)), interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(usage);
            return ExitCode.Completed;
        }
        var table = Screen.NewTable(parsed.GetValue(_by)!, "requests", "validations", "tokens", "cost USD", "cache hits", "deliveries");
        foreach (var group in usage.Items("items"))
            table.AddRow(Row(group, group.Text("day") + group.Text("keyId") + group.Text("operation")));
        table.AddRow(Row(usage.Child("total"), "total"));
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private async Task<int> LimitsAsync(ParseResult parsed)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, "limits"), screen, interruption);
        var limits = await connection.Api.GetAsync("limits", interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(limits);
            return ExitCode.Completed;
        }
        var table = Screen.NewTable("limit", "of the", "limit", "used", "remaining", "resets");
        foreach (var limit in limits.Items("items"))
            table.AddRow(new Text(limit.Text("name")), new Text(limit.Text("appliesTo")), Number(limit, "limit"), Number(limit, "used"), Number(limit, "remaining"), new Text(limit.Text("resetsAt")));
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private static Text[] Row(JsonElement counts, string name) =>
        [new Text(name), Number(counts, "requests"), Number(counts, "validations"), Number(counts, "tokens"), Number(counts, "costUsd"), Number(counts, "cacheHits"), Number(counts, "deliveries")];

    private static Text Number(JsonElement of, string name) => new(of.Number(name).ToString("#,0.####", CultureInfo.InvariantCulture));
}
