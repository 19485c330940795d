namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationRuntimeStatus
{
    Running,

    Completed,

    [Obsolete("Never set; kept so that the numbers of the others are those of the official enumeration.")]
    ContinuedAsNew,

    Failed,

    [Obsolete("Never set; kept so that the numbers of the others are those of the official enumeration.")]
    Canceled,

    Terminated,

    Pending,

    Suspended,
}
