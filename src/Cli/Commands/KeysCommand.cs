using System.CommandLine;
using System.Text.Json;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Running;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>keys show|new|create|list|rotate|revoke</c>. What is shown once is printed bare, so that it fits into <c>$(…)</c>.</summary>
internal sealed class KeysCommand(Screen screen, Interruption interruption)
{
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = ListOutput.Limit();
    private readonly Argument<string> _id = new("ID") { Description = "The key, key_…" };
    private readonly Option<string> _name = new("--name") { Description = "What it is for.", Required = true, HelpName = "NAME" };
    private readonly Option<string[]> _scopes = new("--scope") { Description = "What it may do, such as campaigns:read; more than one may be given.", Required = true, AllowMultipleArgumentsPerToken = true, HelpName = "SCOPE" };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "Another tenant's; for the operator.", HelpName = "TENANT" };
    private readonly Option<DateTimeOffset?> _expires = new("--expires") { Description = "When it ends, such as 2027-01-31.", HelpName = "TIME" };
    private readonly Option<string[]> _networks = new("--network") { Description = "Where it may be used from, such as 203.0.113.0/24; more than one may be given.", AllowMultipleArgumentsPerToken = true, HelpName = "CIDR" };
    private readonly Option<int?> _rate = new("--rate") { Description = "Requests a minute. Default: 100.", HelpName = "N" };
    private readonly Option<int?> _rotateEvery = new("--rotate-every-days") { Description = "After how many days it should be rotated; events remind of it.", HelpName = "DAYS" };
    private readonly Option<int> _grace = new("--grace-hours") { Description = "How long the old key goes on.", DefaultValueFactory = _ => 24, HelpName = "HOURS" };
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var show = new DocumentedCommand("show", "Print the API key of the data folder, alone on its line.", """
            Example:
              curl -H "X-API-Key: $(./prospectops keys show)" http://127.0.0.1:7071/api/industries
            """) { _data, _json };
        show.SetAction(Show);
        var fresh = new DocumentedCommand("new", "Print a key that no installation knows yet, for the setting Tenancy:BootstrapKey.", """
            Needs no server. A deployment without a data folder takes the key as its first one: docs/deploy.md.
            """);
        fresh.SetAction(_ =>
        {
            screen.Line(FreshKey.Make());
            return ExitCode.Completed;
        });
        var create = new DocumentedCommand("create", "Make a key; it is printed this once.", """
            Example:
              ./prospectops keys create --name CRM --scope campaigns:read --scope webhooks:write
            """) { _name, _scopes, _tenant, _expires, _networks, _rate, _rotateEvery, _json };
        var list = new Command("list", "Keys, without their secrets, and when each was last used.") { _tenant, _limit, _json };
        var rotate = new Command("rotate", "Make a key that takes the place of another; it is printed this once.") { _id, _grace, _json };
        var revoke = new Command("revoke", "End a key at once.") { _id, _json };
        foreach (var (command, run) in new (Command, Func<ParseResult, Connection, Task<int>>)[] { (create, CreateAsync), (list, ListAsync), (rotate, RotateAsync), (revoke, RevokeAsync) })
        {
            _connection.AddTo(command);
            command.SetAction((parsed, _) => RunAsync(parsed, $"keys {command.Name}", run));
        }
        return new Command("keys", "API keys.") { show, fresh, create, list, rotate, revoke };
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

    private async Task<int> RunAsync(ParseResult parsed, string command, Func<ParseResult, Connection, Task<int>> run)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, command), screen, interruption);
        return await run(parsed, connection);
    }

    private async Task<int> CreateAsync(ParseResult parsed, Connection connection)
    {
        var body = new Dictionary<string, object?>
        {
            ["name"] = parsed.GetValue(_name),
            ["scopes"] = parsed.GetValue(_scopes),
            ["tenantId"] = parsed.GetValue(_tenant),
            ["expiresAt"] = parsed.GetValue(_expires),
            ["allowedNetworks"] = parsed.GetValue(_networks),
            ["rateLimitPerMinute"] = parsed.GetValue(_rate),
            ["rotateEveryDays"] = parsed.GetValue(_rotateEvery),
        };
        return Shown(parsed, await connection.Api.PostAsync("manage/keys", body.Where(field => field.Value is not (null or string[] { Length: 0 })).ToDictionary(), interruption.Token), "key");
    }

    private async Task<int> ListAsync(ParseResult parsed, Connection connection)
    {
        var items = await ListOutput.ReadAsync(connection.Api, Tenants.Path("manage/keys", parsed.GetValue(_tenant)), parsed.GetValue(_limit), interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(new { items });
            return ExitCode.Completed;
        }
        var table = Screen.NewTable("key", "name", "status", "scopes", "expires", "last used", "from");
        foreach (var key in items)
        {
            table.AddRow(new Text(key.Text("keyId")), new Text(key.Text("name")), new Text(key.Text("status")), new Text(string.Join(' ', key.Items("scopes").Select(scope => scope.GetString()))),
                new Text(key.Text("expiresAt")), new Text(key.Text("lastUsedAt")), new Text(key.Child("lastUsed").Text("address")));
        }
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private async Task<int> RotateAsync(ParseResult parsed, Connection connection)
    {
        var reply = await connection.Api.PostAsync($"manage/keys/{Uri.EscapeDataString(parsed.GetValue(_id)!)}/rotate", new { graceHours = parsed.GetValue(_grace) }, interruption.Token);
        screen.Note($"{reply.Text("previousKeyId")} goes on until {reply.Text("previousExpiresAt")}; `keys list` shows who still uses it.");
        return Shown(parsed, reply, "key");
    }

    private async Task<int> RevokeAsync(ParseResult parsed, Connection connection)
    {
        var reply = await connection.Api.PostAsync($"manage/keys/{Uri.EscapeDataString(parsed.GetValue(_id)!)}/revoke", new { }, interruption.Token);
        return Shown(parsed, reply, "revokedAt");
    }

    private int Shown(ParseResult parsed, JsonElement reply, string field)
    {
        if (parsed.GetValue(_json))
            screen.Json(reply);
        else
            screen.Line(reply.Text(field));
        return ExitCode.Completed;
    }
}
