namespace ProspectOps.Pipeline;

public static class WorkflowKind
{
    public const string CompletePipeline = "complete_pipeline";
    public const string AgentBuild = "agent_build";
    public const string ContentBatch = "content_batch";

    /// <summary>People whom Clay brought into a campaign that is there.</summary>
    public const string ClayInbound = "clay_inbound";

    /// <summary>People of a campaign, sent to a Clay table.</summary>
    public const string ClayPush = "clay_push";
}
