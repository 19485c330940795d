namespace ProspectOps.Pipeline;

/// <summary>Names of the orchestrations, and of the one signal that wakes them.</summary>
public static class Orchestration
{
    public const string CompletePipeline = "CompletePipeline";
    public const string BuildAgent = "BuildAgent";

    /// <summary>Something about the workflow changed: what, stands in its header.</summary>
    public const string Signal = "signal";
}
