using System.Globalization;
using ProspectOps.Cli.Api;
using Spectre.Console;

namespace ProspectOps.Cli.Output;

/// <summary>For a terminal: a bar for each stage.</summary>
internal sealed class StageBars(ProgressContext context) : IStageDisplay
{
    private readonly Dictionary<string, ProgressTask> _bars = [];

    public static async Task RunAsync(IAnsiConsole console, Func<IStageDisplay, Task> follow)
    {
        await console.Progress()
            .AutoRefresh(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(context => follow(new StageBars(context)));
    }

    public void Show(WorkflowView workflow)
    {
        foreach (var stage in workflow.Stages)
        {
            if (!_bars.TryGetValue(stage.Name, out var bar))
                bar = _bars[stage.Name] = context.AddTask(stage.Name, autoStart: false);
            if (stage.Status != "pending" && !bar.IsStarted)
                bar.StartTask();
            bar.Description = Description(stage, workflow);
            bar.MaxValue = Math.Max(1, stage.Total);
            bar.Value = stage.Status is "done" or "skipped" ? bar.MaxValue : Math.Min(stage.Done, bar.MaxValue);
            bar.IsIndeterminate = stage is { Status: "running", Total: 0 };
            if (stage.IsOver)
                bar.StopTask();
        }
    }

    private static string Description(StageView stage, WorkflowView workflow)
    {
        var text = stage.Status switch
        {
            "pending" => "",
            "skipped" => "skipped",
            _ when stage.Total == 0 => "",
            _ => string.Create(CultureInfo.InvariantCulture, $"{stage.Done:N0}/{stage.Total:N0}"),
        };
        var failed = stage.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $" [red]{stage.Failed:N0} failed[/]") : "";
        var waits = stage.Status == "running" && workflow.Status is "AwaitingApproval" or "Suspended" ? $" [yellow]{workflow.Status}[/]" : "";
        return $"{Markup.Escape(stage.Name),-9} [dim]{text}[/]{failed}{waits}";
    }
}
