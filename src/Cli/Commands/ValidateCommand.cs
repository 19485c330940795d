using System.CommandLine;
using System.Globalization;
using ProspectOps.Cli.Api;
using ProspectOps.Cli.Output;
using Spectre.Console;

namespace ProspectOps.Cli.Commands;

/// <summary><c>validate</c>: the addresses of one file.</summary>
internal sealed class ValidateCommand(Screen screen, Interruption interruption)
{
    private static readonly string[] Verdicts = ["deliverable", "risky", "unknown", "undeliverable"];

    private readonly Argument<FileInfo> _file = new("FILE.csv") { Description = "The addresses: a CSV with a header row." };
    private readonly Option<bool> _smtp = new("--smtp") { Description = "Ask the mail servers too, where port 25 or a proxy lets us." };
    private readonly Option<string?> _dedupe = new("--dedupe") { Description = "When two rows are the same: exact, caseInsensitive, canonical (the default), domain or none.", HelpName = "METHOD" };
    private readonly Option<string?> _column = new("--column") { Description = "The column with the addresses, where the header does not make it plain.", HelpName = "NAME" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the files go. Default: prospectops-out/JOB.", HelpName = "DIR" };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var command = new DocumentedCommand("validate", "Check the e-mail addresses of one file.", """
            Uses the platform that runs on the data folder (`./prospectops up`); where none runs it brings one up, and takes
            it down when it is done. Prints a bar on a terminal and plain lines in a pipe, then a table; with --json the job,
            last, on standard output, and everything else on standard error.
            Saves results.csv (every row in the file's order, its columns first), one file for each verdict that occurs
            (deliverable.csv, risky.csv, unknown.csv, undeliverable.csv) and duplicates.csv where there are any.

            Examples:
              ./prospectops validate people.csv
              ./prospectops validate people.csv --smtp --out checked
              ./prospectops validate people.csv --column "Work Email" --json | jq .byVerdict

            Exit code: 0 completed, 1 failed, 2 wrong usage, 130 left by Ctrl-C.
            """) { _file, _smtp, _dedupe, _column, _out, _json };
        _connection.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var file = parsed.GetValue(_file)!;
        InputFile.Require(file);
        var json = parsed.GetValue(_json);
        var settings = _connection.Read(parsed, "validate");

        await using var connection = await Connection.OpenAsync(settings, screen, interruption);
        var started = await connection.Api.PostFileAsync($"validation/jobs{Query(parsed)}", file.FullName, interruption.Token);
        (json ? (Action<string>)screen.Note : screen.Line)($"job  {started.Text("jobId")}");
        if (await new JobWatch(screen, interruption, json).FollowAsync(connection, started.Text("jobId")) is not { } job)
            return ExitCode.Interrupted;

        await SaveAsync(connection, job, Path.GetFullPath(parsed.GetValue(_out) ?? Path.Combine("prospectops-out", job.Id)));
        if (json)
            screen.Json(job.Raw);
        else
            Print(job);
        return ExitCodeOf(job);
    }

    private string Query(ParseResult parsed)
    {
        var options = new List<string>();
        if (parsed.GetValue(_smtp))
            options.Add("smtpProbe=true");
        if (parsed.GetValue(_dedupe) is { } dedupe)
            options.Add($"dedupe={Uri.EscapeDataString(dedupe)}");
        if (parsed.GetValue(_column) is { } column)
            options.Add($"column={Uri.EscapeDataString(column)}");
        return options.Count == 0 ? "" : "?" + string.Join('&', options);
    }

    private async Task SaveAsync(Connection connection, JobView job, string folder)
    {
        var names = new List<string>();
        await DownloadAsync("results", "results.csv");
        foreach (var (verdict, _) in job.ByVerdict.Where(one => one.Value > 0 && Verdicts.Contains(one.Key)))
            await DownloadAsync($"results?verdict={verdict}", $"{verdict}.csv");
        if (job.Duplicates > 0)
            await DownloadAsync("duplicates", "duplicates.csv");
        screen.Note($"{folder}: {string.Join(", ", names)}");

        Task DownloadAsync(string path, string name)
        {
            names.Add(name);
            return WholeFile.DownloadAsync(connection.Api, $"validation/jobs/{Uri.EscapeDataString(job.Id)}/{path}", Path.Combine(folder, name), interruption.Token);
        }
    }

    private void Print(JobView job)
    {
        var table = Screen.NewTable(job.Id, job.Status);
        table.Columns[1].RightAligned();
        Row("rows", job.Total);
        foreach (var (verdict, count) in job.ByVerdict)
            Row(verdict, count);
        Row("duplicates", job.Duplicates);
        Row("from the cache", job.CacheHits);
        if (job.Total > job.Done)
            Row("not checked", job.Total - job.Done);
        if (job is { StartedAt: { } started, FinishedAt: { } finished })
            Text("seconds", (finished - started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        screen.Out.Write(table);

        void Row(string name, long count) => Text(name, count.ToString("N0", CultureInfo.InvariantCulture));
        void Text(string name, string value) => table.AddRow(new Text(name), new Text(value));
    }

    private int ExitCodeOf(JobView job)
    {
        if (job.Status == "Completed")
            return ExitCode.Completed;
        var why = job.Error.Length > 0 ? $": {job.Error}" : job.DeadChunks > 0 ? $": {job.DeadChunks} chunks failed; POST /api/validation/jobs/{job.Id}/retry runs them again." : ".";
        screen.Failure($"{job.Id} ended as {job.Status}{why}");
        return ExitCode.Failed;
    }
}
