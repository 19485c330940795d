using System.CommandLine;
using ProspectOps.Cli.Output;
using ProspectOps.Cli.Testing;

namespace ProspectOps.Cli.Commands;

/// <summary><c>test-report</c>, for the script alone: what a folder of TRX files and exit codes says, as text and as an exit code.</summary>
internal sealed class TestReportCommand(Screen screen)
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Holds NAME.trx and NAME.exit of each test project." };
    private readonly Option<string?> _project = new("--project") { Description = "Only the lines of this project, without the sum." };
    private readonly Option<bool> _each = new("--each") { Description = "A line for each test." };

    private readonly Option<bool> _expectSome = new("--expect-some") { Description = "No test at all is a failure: the filter was mistyped." };

    public Command Create()
    {
        var command = new Command("test-report", "Sum up test results.") { _folder, _project, _each, _expectSome };
        command.Hidden = true;
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var only = parsed.GetValue(_project);
        var runs = Directory.EnumerateFiles(parsed.GetValue(_folder)!, "*.exit").Order(StringComparer.Ordinal)
            .Select(TestRun.Read).Where(run => only is null || run.Project == only).ToList();
        foreach (var run in runs)
        {
            if (parsed.GetValue(_each))
                run.Results.ToList().ForEach(result => screen.Line($"{result.Outcome} {result.Name}"));
            if (only is not null)
                PrintFailures(run);
        }
        if (only is null)
            screen.Line(TestRun.Sum(runs));
        if (parsed.GetValue(_expectSome) && runs.All(run => run.Results.Count == 0))
        {
            screen.Failure("No test matches the filter.");
            return ExitCode.Failed;
        }
        return runs.Count > 0 && runs.All(run => run.Failed == 0) ? ExitCode.Completed : ExitCode.Failed;
    }

    private void PrintFailures(TestRun run)
    {
        screen.Line($"{run.Project}: {TestRun.Sum([run])} ({run.Took.TotalSeconds:0.0} s)");
        foreach (var failure in run.Results.Where(result => result.Outcome == "failed"))
            screen.Line($"  failed {failure.FullName}\n    {failure.Message.ReplaceLineEndings("\n    ")}");
        if (run.RunFailed)
            screen.Line($"  The run itself failed (exit code {run.ExitCode}); its output is in {run.Log}.");
    }
}
