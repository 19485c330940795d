namespace ProspectOps.Functions.Research;

/// <summary>Research that has begun.</summary>
public sealed record AgentBuildView(string Industry, string WorkflowId, string StatusUrl);
