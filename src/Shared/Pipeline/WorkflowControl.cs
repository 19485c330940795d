namespace ProspectOps.Pipeline;

/// <summary>What a person last asked of a workflow.</summary>
public enum WorkflowControl
{
    Run,
    Suspend,
    Cancel,
}
