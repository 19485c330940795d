using System.Text.Json.Serialization;

namespace ProspectOps.Pipeline;

/// <summary>A stage as the API answers it.</summary>
public sealed record StageView(string Name, StageStatus Status, long Done, long Total, long Failed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? FinishedAt)
{
    /// <summary>0 to 1.</summary>
    [JsonIgnore]
    public double Fraction => Status switch
    {
        StageStatus.Done or StageStatus.Skipped => 1,
        StageStatus.Running when Total > 0 => Math.Min(1, (double)Done / Total),
        _ => 0,
    };

    internal static StageView Of(StageRecord stage, CounterSums sums)
    {
        var done = stage.Status == StageStatus.Done && stage.Name is Stage.Research or Stage.Approve ? stage.Total : sums[stage.Name, "Done"];
        return new StageView(stage.Name, stage.Status, done, stage.Total, stage.Name == Stage.Deliver ? sums[stage.Name, "Dead"] : 0, stage.StartedAt, stage.FinishedAt);
    }
}
