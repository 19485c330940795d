namespace ProspectOps.Pipeline;

/// <summary>What a workflow's header knows of a stage; how far it is stands in the counters.</summary>
/// <param name="Total">What it has to do, known when it starts.</param>
public sealed record StageRecord(string Name, StageStatus Status, long Total, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt);
