namespace ProspectOps.Pipeline;

/// <summary>What people asked of a workflow, as its orchestration needs it.</summary>
public sealed record WorkflowState(WorkflowControl Control, bool? Approved, string? Note);
