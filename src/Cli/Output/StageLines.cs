using System.Globalization;
using ProspectOps.Cli.Api;

namespace ProspectOps.Cli.Output;

/// <summary>For a pipe or a log: a line when a stage begins or ends, and in between every tenth of its way.</summary>
internal sealed class StageLines(Action<string> line) : IStageDisplay
{
    private readonly Dictionary<string, (string Status, long Tenth)> _shown = [];
    private string _status = "";

    public void Show(WorkflowView workflow)
    {
        foreach (var stage in workflow.Stages)
        {
            var now = (stage.Status, stage.Total == 0 ? 0 : stage.Done * 10 / stage.Total);
            if (stage.Status == "pending" || (_shown.TryGetValue(stage.Name, out var before) && before == now))
                continue;
            _shown[stage.Name] = now;
            line(TextOf(stage));
        }
        if (workflow.Status != _status && workflow.Status is "AwaitingApproval" or "Suspended")
            line(WaitingText.Of(workflow));
        _status = workflow.Status;
    }

    private static string TextOf(StageView stage) => string.Create(CultureInfo.InvariantCulture,
        $"{stage.Name,-9} {stage.Status,-8}{(stage.Total > 0 ? $" {stage.Done:N0}/{stage.Total:N0}" : "")}{(stage.Failed > 0 ? $" ({stage.Failed:N0} failed)" : "")}").TrimEnd();
}
