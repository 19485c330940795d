namespace ProspectOps.Pipeline;

/// <summary>The end of a workflow.</summary>
public sealed record FinishWork(PipelineJob Job, WorkflowStatus Status, string? Error);
