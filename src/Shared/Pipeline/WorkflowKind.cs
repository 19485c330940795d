namespace ProspectOps.Pipeline;

public static class WorkflowKind
{
    public const string CompletePipeline = "complete_pipeline";
    public const string AgentBuild = "agent_build";
    public const string ContentBatch = "content_batch";
}
