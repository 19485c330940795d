using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>audit list|export|verify</c>.</summary>
internal sealed class AuditCommand(Screen screen, Interruption interruption)
{
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = ListOutput.Limit();
    private readonly Option<string?> _actor = new("--actor") { Description = "Who: key_…", HelpName = "KEY" };
    private readonly Option<string?> _action = new("--action") { Description = "What, such as key.revoke, or key for all of its kind.", HelpName = "ACTION" };
    private readonly Option<string?> _from = new("--from") { Description = "A time, or a day.", HelpName = "TIME" };
    private readonly Option<string?> _to = new("--to") { Description = "A time, or a day.", HelpName = "TIME" };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "Another tenant's; for the operator.", HelpName = "TENANT" };
    private readonly Option<string> _format = new("--format") { Description = "csv or jsonl.", DefaultValueFactory = _ => "csv" };
    private readonly Option<FileInfo?> _manifest = new("--manifest") { Description = "Where what the file is held against goes: the ends of the chains, signed.", HelpName = "FILE" };
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        _format.AcceptOnlyFromAmong("csv", "jsonl");
        var list = new Command("list", "Who did what to what from where, newest first.") { _actor, _action, _from, _to, _tenant, _limit, _json };
        var export = new Command("export", "The audit log as a file, on standard output.") { _actor, _action, _from, _to, _tenant, _format, _manifest };
        var verify = new Command("verify", "Walk the chains of the audit log; exit code 1 where one is broken.") { _tenant, _json };
        foreach (var (command, run) in new (Command, Func<ParseResult, Connection, Task<int>>)[] { (list, ListAsync), (export, ExportAsync), (verify, VerifyAsync) })
        {
            _connection.AddTo(command);
            command.SetAction((parsed, _) => RunAsync(parsed, $"audit {command.Name}", run));
        }
        return new Command("audit", "Who did what.") { list, export, verify };
    }

    private async Task<int> RunAsync(ParseResult parsed, string command, Func<ParseResult, Connection, Task<int>> run)
    {
        await using var connection = await Connection.OpenAsync(_connection.Read(parsed, command), screen, interruption);
        return await run(parsed, connection);
    }

    private async Task<int> ListAsync(ParseResult parsed, Connection connection)
    {
        var items = await ListOutput.ReadAsync(connection.Api, Query(parsed, "manage/audit"), parsed.GetValue(_limit), interruption.Token);
        if (parsed.GetValue(_json))
        {
            screen.Json(new { items });
            return ExitCode.Completed;
        }
        var table = Screen.NewTable("at", "actor", "action", "target", "from");
        foreach (var entry in items)
            table.AddRow(new Text(entry.Text("at")), new Text(entry.Text("actor")), new Text(entry.Text("action")), new Text(entry.Text("target")), new Text(entry.Text("address")));
        screen.Out.Write(table);
        return ExitCode.Completed;
    }

    private async Task<int> ExportAsync(ParseResult parsed, Connection connection)
    {
        await using var output = Console.OpenStandardOutput();
        await connection.Api.DownloadAsync(Query(parsed, $"manage/audit/export?format={parsed.GetValue(_format)}"), output, interruption.Token, headers =>
        {
            if (parsed.GetValue(_manifest) is { } file)
                Write(file, ManifestOf(headers));
        });
        return ExitCode.Completed;
    }

    private async Task<int> VerifyAsync(ParseResult parsed, Connection connection)
    {
        var verdict = await connection.Api.GetAsync(Tenants.Path("manage/audit/verify", parsed.GetValue(_tenant)), interruption.Token);
        var valid = verdict.Child("valid").GetBoolean();
        if (parsed.GetValue(_json))
            screen.Json(verdict);
        else if (valid)
            screen.Line($"{verdict.Count("entries")} entries, every one as it was written.");
        else
            screen.Failure($"Broken: {verdict.Child("firstBroken").GetRawText()}");
        return valid ? ExitCode.Completed : ExitCode.Failed;
    }

    private static void Write(FileInfo file, string text)
    {
        try
        {
            File.WriteAllText(file.FullName, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file.FullName} cannot be written: {e.Message}");
        }
    }

    private static string ManifestOf(HttpResponseHeaders headers)
    {
        return new { manifest = Encoding.UTF8.GetString(Convert.FromBase64String(Header("Manifest"))), signature = Header("Signature"), publicKey = Header("Public-Key") }.ToOneLine();

        string Header(string name) => headers.TryGetValues($"X-Audit-{name}", out var values) ? values.First() : throw new CommandFailedException($"The export came without X-Audit-{name}.");
    }

    private string Query(ParseResult parsed, string path)
    {
        foreach (var (name, value) in new[] { ("actor", parsed.GetValue(_actor)), ("action", parsed.GetValue(_action)), ("from", parsed.GetValue(_from)), ("to", parsed.GetValue(_to)) })
        {
            if (value is not null)
                path += $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        }
        return Tenants.Path(path, parsed.GetValue(_tenant));
    }
}
