namespace ProspectOps.Pipeline;

/// <summary>Names of the orchestrations, and of the one signal that wakes them.</summary>
public static class Orchestration
{
    public const string CompletePipeline = "CompletePipeline";
    public const string BuildAgent = "BuildAgent";
    public const string ClayPush = "ClayPush";

    /// <summary>The one that runs workflows of a kind.</summary>
    public static string Of(string kind) => kind switch
    {
        WorkflowKind.AgentBuild => BuildAgent,
        WorkflowKind.ClayPush => ClayPush,
        _ => CompletePipeline,
    };

    /// <summary>Something about the workflow changed: what, stands in its header.</summary>
    public const string Signal = "signal";
}
