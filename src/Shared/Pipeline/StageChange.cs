namespace ProspectOps.Pipeline;

/// <summary>A stage begins, or is passed over.</summary>
public sealed record StageChange(PipelineJob Job, string Stage, bool Skip);
