using System.CommandLine;
using System.Text.Json;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>tenants list|create|show|suspend|activate|delete</c>: for the operator.</summary>
internal sealed class TenantsCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = ListOutput.Limit();
    private readonly Argument<string> _name = new("NAME") { Description = "What it is called." };
    private readonly Argument<string> _id = new("ID") { Description = "The tenant, ten_…" };
    private readonly Option<long?> _daily = new("--validations-a-day") { Description = "Quota of addresses validated in a day.", HelpName = "N" };
    private readonly Option<long?> _monthly = new("--validations-a-month") { Description = "Quota of addresses validated in a month.", HelpName = "N" };
    private readonly Option<decimal?> _usd = new("--llm-usd-a-month") { Description = "What models may cost in a month, in US dollars.", HelpName = "USD" };
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var list = new Command("list", "All tenants.") { _limit, _json };
        var create = new Command("create", "Make a tenant; its id is printed.") { _name, _daily, _monthly, _usd, _json };
        var show = new Command("show", "One tenant, as JSON.") { _id };
        var suspend = new Command("suspend", "Refuse a tenant's keys; work that was accepted goes on.") { _id, _json };
        var activate = new Command("activate", "Let a suspended tenant's keys in again.") { _id, _json };
        var delete = new DocumentedCommand("delete", "Erase a tenant with everything of theirs.", """
            There is no way back. Prints, once it is done, what was removed, table by table and container by container.
            """) { _id, _json };
        foreach (var (command, run) in new (Command, Func<ParseResult, Connection, Task>)[]
            {
                (list, ListAsync), (create, CreateAsync), (show, ShowAsync), (suspend, (parsed, connection) => ChangeAsync(parsed, connection, "suspended")),
                (activate, (parsed, connection) => ChangeAsync(parsed, connection, "active")), (delete, DeleteAsync),
            })
        {
            _connection.AddTo(command);
            command.SetAction((parsed, _) => RunAsync(parsed, $"tenants {command.Name}", run));
        }
        return new Command("tenants", "Tenants of this installation; for the operator.") { list, create, show, suspend, activate, delete };
    }

    private async Task<int> RunAsync(ParseResult parsed, string command, Func<ParseResult, Connection, Task> run)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, command), screen, interruption);
        await run(parsed, connection);
        return ExitCode.Completed;
    }

    private async Task ListAsync(ParseResult parsed, Connection connection)
    {
        var items = await ListOutput.ReadAsync(connection.Api, "manage/tenants", parsed.GetValue(_limit), interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(new { items });
            return;
        }
        var table = Screen.NewTable("tenant", "name", "status", "created", "quotas");
        foreach (var tenant in items)
            table.AddRow(new Text(tenant.Text("tenantId")), new Text(tenant.Text("name")), new Text(tenant.Text("status")), new Text(tenant.Text("createdAt")), new Text(tenant.Child("quotas").GetRawText()));
        screen.Out.Write(table);
    }

    private async Task CreateAsync(ParseResult parsed, Connection connection)
    {
        var quotas = new Dictionary<string, object?>
        {
            ["validation.daily"] = parsed.GetValue(_daily),
            ["validation.monthly"] = parsed.GetValue(_monthly),
            ["llm.monthlyUsd"] = parsed.GetValue(_usd),
        };
        Shown(parsed, await connection.Api.PostAsync("manage/tenants", new { name = parsed.GetValue(_name), quotas }, interruption.Token), "tenantId");
    }

    private async Task ShowAsync(ParseResult parsed, Connection connection) => screen.Json(await connection.Api.GetAsync(Path(parsed), interruption.Token));

    private async Task ChangeAsync(ParseResult parsed, Connection connection, string status) =>
        Shown(parsed, await connection.Api.SendJsonAsync(HttpMethod.Patch, Path(parsed), new { status }, interruption.Token), "status");

    private async Task DeleteAsync(ParseResult parsed, Connection connection)
    {
        await connection.Api.SendJsonAsync(HttpMethod.Delete, Path(parsed), null, interruption.Token);
        JsonElement deletion;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1), interruption.Token);
            deletion = await connection.Api.GetAsync($"{Path(parsed)}/deletion", interruption.Token);
        }
        while (deletion.Text("status") != "Completed");
        if (parsed.GetValue(_json))
        {
            screen.Json(deletion);
            return;
        }
        foreach (var place in deletion.Child("tables").EnumerateObject().Concat(deletion.Child("containers").EnumerateObject()))
            screen.Line($"{place.Name}: {place.Value}");
    }

    private string Path(ParseResult parsed) => $"manage/tenants/{Uri.EscapeDataString(parsed.GetValue(_id)!)}";

    private void Shown(ParseResult parsed, JsonElement reply, string field)
    {
        if (parsed.GetValue(_json))
            screen.Json(reply);
        else
            screen.Line(reply.Text(field));
    }
}
