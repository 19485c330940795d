using System.Globalization;
using ProspectOps.Platform.Storage;
using ProspectOps.Prospects;

namespace ProspectOps.Pipeline;

/// <summary>A workflow as the API answers it.</summary>
public sealed record WorkflowView(
    string WorkflowId,
    string? CampaignId,
    string Kind,
    string? Name,
    string Industry,
    WorkflowStatus Status,
    ProgressView Progress,
    IReadOnlyList<StageView> Stages,
    WorkflowCounts Counts,
    IReadOnlyDictionary<string, long> ByTier,
    DeliveryCounts Deliveries,
    decimal CostUsd,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    string? Error)
{
    /// <summary>Puts header and counters together. Pure.</summary>
    public static WorkflowView Of(WorkflowHeader header, IReadOnlyList<TableRow> counters)
    {
        ArgumentNullException.ThrowIfNull(header);
        var sums = new CounterSums(counters);
        StageView[] stages = [.. header.Stages.Select(stage => StageView.Of(stage, sums))];
        var current = stages.LastOrDefault(stage => stage.StartedAt is not null) ?? stages[0];
        return new WorkflowView(
            header.WorkflowId,
            header.CampaignId,
            header.Kind,
            header.Name,
            header.Industry,
            StatusOf(header),
            new ProgressView(current.Name, current.Done, current.Total, Percent(header, stages)),
            stages,
            WorkflowCounts.Of(header, sums),
            Enum.GetValues<Tier>().ToDictionary(tier => tier.ToString(), tier => sums[Stage.Analyze, $"Tier{tier}"]),
            DeliveryCounts.Of(stages, sums),
            0,
            header.CreatedAt,
            header.FinishedAt,
            header.Error);
    }

    private static WorkflowStatus StatusOf(WorkflowHeader header) =>
        header is { IsFinished: false, Control: WorkflowControl.Suspend } ? WorkflowStatus.Suspended : header.Status;

    /// <summary>Each stage's share by what it has done of its total. Both only grow while it runs, so this never falls.</summary>
    private static int Percent(WorkflowHeader header, IReadOnlyList<StageView> stages)
    {
        if (header.Status == WorkflowStatus.Completed)
            return 100;
        var counted = stages.Where(stage => stage.Status != StageStatus.Skipped || stage.StartedAt is not null).ToArray();
        double whole = counted.Sum(stage => Stage.Weight(stage.Name));
        var done = counted.Sum(stage => Stage.Weight(stage.Name) * stage.Fraction);
        return whole == 0 ? 0 : Math.Min(99, (int)Math.Floor(100 * done / whole));
    }
}
