using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>webhooks endpoints|deliveries|dead-letters|replay|test</c>.</summary>
internal sealed class WebhooksCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = ListOutput.Limit();
    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "Only those to this endpoint.", HelpName = "ID" };
    private readonly Option<string?> _status = new("--status") { Description = "Only those in this state.", HelpName = "STATUS" };
    private readonly Option<string?> _search = new("--search") { Description = "Only those that hold this text.", HelpName = "TEXT" };
    private readonly Option<string[]> _events = new("--events") { Description = "Types of events to hear of; all where it is missing.", HelpName = "TYPE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<DateTimeOffset> _since = new("--since") { Description = "Events since then, such as 2026-11-20T09:00:00Z.", HelpName = "TIME", Required = true };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only count, and send nothing." };
    private readonly Argument<string> _id = new("ID") { Description = "whe_…, dlv_… or clu_…" };
    private readonly Argument<string> _url = new("URL") { Description = "Where events are posted." };
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        _status.AcceptOnlyFromAmong("pending", "delivered", "retrying", "dead", "canceled");
        return new Command("webhooks", "Endpoints, deliveries and dead letters.")
        {
            new Command("endpoints", "Where events go.")
            {
                Sub("webhooks endpoints", new Command("list", "All endpoints.") { _limit, _json }, ListEndpointsAsync),
                Sub("webhooks endpoints", new Command("add", "Make an endpoint; its secret is shown once.") { _url, _events, _json }, AddEndpointAsync),
                Sub("webhooks endpoints", new Command("show", "One endpoint.") { _id, _json }, (parsed, api) => ShowAsync(parsed, api.GetAsync($"webhooks/endpoints/{Id(parsed)}", interruption.Token))),
                Sub("webhooks endpoints", new Command("enable", "Start an endpoint again.") { _id, _json }, (parsed, api) => PostAsync(parsed, api, $"webhooks/endpoints/{Id(parsed)}/enable", new { })),
                Sub("webhooks endpoints", new Command("rotate", "Give an endpoint a new secret; both sign for 24 h.") { _id, _json }, (parsed, api) => PostAsync(parsed, api, $"webhooks/endpoints/{Id(parsed)}/rotate-secret", new { })),
                Sub("webhooks endpoints", new Command("schedule", "What would be attempted when.") { _id, _json }, (parsed, api) => ShowAsync(parsed, api.GetAsync($"webhooks/endpoints/{Id(parsed)}/schedule", interruption.Token))),
                Sub("webhooks endpoints", new Command("delete", "Delete an endpoint.") { _id, _json }, (parsed, api) => DeleteAsync(parsed, api, $"webhooks/endpoints/{Id(parsed)}")),
            },
            new Command("deliveries", "What was posted, and what came of it.")
            {
                Sub("webhooks deliveries", new Command("list", "The latest deliveries.") { _endpoint, _status, _limit, _json }, ListDeliveriesAsync),
                Sub("webhooks deliveries", new Command("show", "One delivery, with its attempts.") { _id, _json }, (parsed, api) => ShowAsync(parsed, api.GetAsync($"webhooks/deliveries/{Id(parsed)}", interruption.Token))),
                Sub("webhooks deliveries", new Command("retry", "Attempt a delivery now.") { _id, _json }, (parsed, api) => PostAsync(parsed, api, $"webhooks/deliveries/{Id(parsed)}/retry", new { })),
            },
            new Command("dead-letters", "Deliveries that were given up.")
            {
                Sub("webhooks dead-letters", new Command("list", "All of them.") { _endpoint, _search, _limit, _json }, ListDeadLettersAsync),
                Sub("webhooks dead-letters", new Command("clusters", "What they died of.") { _json }, ListClustersAsync),
                Sub("webhooks dead-letters", new Command("retry", "Send one again, dlv_…, or all of a cause, clu_…, one first.") { _id, _json }, RetryAsync),
                Sub("webhooks dead-letters", new Command("retry-all", "Send all again.") { _endpoint, _json }, (parsed, api) => PostAsync(parsed, api, "webhooks/dead-letters/retry-all", parsed.GetValue(_endpoint) is { } endpointId ? new { endpointId } : new { })),
                Sub("webhooks dead-letters", new Command("purge", "Delete them: all, or those of --endpoint and --search.") { _endpoint, _search, _json }, (parsed, api) => DeleteAsync(parsed, api, $"webhooks/dead-letters{Query(parsed, _endpoint, _search)}")),
            },
            Sub("webhooks", new Command("replay", "Send an endpoint all events since a time once more.") { _id, _since, _dryRun, _json },
                (parsed, api) => PostAsync(parsed, api, $"webhooks/endpoints/{Id(parsed)}/replay", new { since = parsed.GetValue(_since), dryRun = parsed.GetValue(_dryRun) })),
            Sub("webhooks", new Command("test", "Post endpoint.test and show what comes back.") { _id, _json }, TestAsync),
        };
    }

    private Command Sub(string parent, Command command, Func<ParseResult, ApiClient, Task<int>> run)
    {
        _connection.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var connection = await Connection.OpenAsync(_connection.Read(parsed, $"{parent} {command.Name}"), screen, interruption);
            return await run(parsed, connection.Api);
        });
        return command;
    }

    private async Task<int> ListEndpointsAsync(ParseResult parsed, ApiClient api) => Table(
        parsed, await ListOutput.ReadAsync(api, "webhooks/endpoints", parsed.GetValue(_limit), interruption.Token), ["endpoint", "status", "events", "url"],
        item => [item.Text("endpointId"), item.Text("disabledReason") is { Length: > 0 } reason ? $"disabled: {reason}" : item.Text("status"), string.Join(' ', item.Items("events").Select(type => type.GetString())), item.Text("url")]);

    private async Task<int> AddEndpointAsync(ParseResult parsed, ApiClient api)
    {
        var events = parsed.GetValue(_events) is { Length: > 0 } types ? types : ["*"];
        var made = await api.PostAsync("webhooks/endpoints", new { url = parsed.GetValue(_url), events }, interruption.Token);
        if (parsed.GetValue(_json))
            screen.Json(made);
        else
            screen.Line($"{made.Text("endpointId")} is {made.Text("status")}; its secret, shown this once: {made.Text("secret")}");
        return ExitCode.Completed;
    }

    private async Task<int> ListDeliveriesAsync(ParseResult parsed, ApiClient api)
    {
        var filters = new[] { ("endpointId", parsed.GetValue(_endpoint)), ("status", parsed.GetValue(_status)) }.Where(filter => filter.Item2 is not null).Select(filter => $"{filter.Item1}={Uri.EscapeDataString(filter.Item2!)}");
        return Table(
            parsed, await ListOutput.ReadAsync(api, $"webhooks/deliveries?{string.Join('&', filters)}", parsed.GetValue(_limit), interruption.Token), ["delivery", "type", "status", "attempts", "next"],
            item => [item.Text("deliveryId"), item.Text("eventType"), item.Text("status"), item.Items("attempts").Count().ToString(CultureInfo.InvariantCulture), item.Text("nextAttemptAt")]);
    }

    private async Task<int> ListDeadLettersAsync(ParseResult parsed, ApiClient api) => Table(
        parsed, await ListOutput.ReadAsync(api, $"webhooks/dead-letters{Query(parsed, _endpoint, _search)}", parsed.GetValue(_limit), interruption.Token), ["delivery", "type", "cause", "dead since", "expires"],
        item => [item.Text("deliveryId"), item.Text("eventType"), item.Text("cause"), item.Text("deadAt"), item.Text("expiresAt")]);

    private async Task<int> ListClustersAsync(ParseResult parsed, ApiClient api) => Table(
        parsed, await ListOutput.ReadAsync(api, "webhooks/dead-letters/clusters", int.MaxValue, interruption.Token), ["cluster", "count", "endpoint", "cause", "answer"],
        item => [item.Text("clusterId"), item.GetProperty("count").GetRawText(), item.Text("endpointId"), item.Text("cause"), item.Text("answer")]);

    private Task<int> RetryAsync(ParseResult parsed, ApiClient api)
    {
        var isCluster = parsed.GetValue(_id)!.StartsWith("clu_", StringComparison.Ordinal);
        return PostAsync(parsed, api, $"webhooks/dead-letters/{(isCluster ? "clusters/" : "")}{Id(parsed)}/retry", new { });
    }

    private async Task<int> TestAsync(ParseResult parsed, ApiClient api)
    {
        var came = await api.PostAsync($"webhooks/endpoints/{Id(parsed)}/test", new { }, interruption.Token);
        await ShowAsync(parsed, Task.FromResult(came));
        return came.GetProperty("delivered").GetBoolean() ? ExitCode.Completed : ExitCode.Failed;
    }

    private async Task<int> PostAsync(ParseResult parsed, ApiClient api, string path, object body) => await ShowAsync(parsed, api.PostAsync(path, body, interruption.Token));

    private async Task<int> DeleteAsync(ParseResult parsed, ApiClient api, string path)
    {
        var answer = await api.DeleteAsync(path, interruption.Token);
        return await ShowAsync(parsed, Task.FromResult(answer ?? JsonSerializer.SerializeToElement(new { deleted = parsed.GetValue(_id) })));
    }

    /// <summary>One thing: field by field, or as it was answered.</summary>
    private async Task<int> ShowAsync(ParseResult parsed, Task<JsonElement> answering)
    {
        var answer = await answering;
        if (parsed.GetValue(_json))
        {
            screen.Json(answer);
            return ExitCode.Completed;
        }
        foreach (var field in answer.EnumerateObject())
            screen.Line($"{field.Name}: {(field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString() : field.Value.GetRawText())}");
        return ExitCode.Completed;
    }

    private int Table(ParseResult parsed, IReadOnlyList<JsonElement> items, string[] columns, Func<JsonElement, IEnumerable<string?>> row)
    {
        if (parsed.GetValue(_json))
        {
            screen.Json(new { items });
            return ExitCode.Completed;
        }
        var table = Screen.NewTable(columns);
        foreach (var item in items)
            table.AddRow(row(item).Select(cell => new Text(cell ?? "")));
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private string Id(ParseResult parsed) => Uri.EscapeDataString(parsed.GetValue(_id)!);

    private static string Query(ParseResult parsed, Option<string?> endpoint, Option<string?> search)
    {
        var parts = new[] { ("endpointId", parsed.GetValue(endpoint)), ("search", parsed.GetValue(search)) }.Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
        return string.Join('&', parts) is { Length: > 0 } query ? $"?{query}" : "";
    }
}
