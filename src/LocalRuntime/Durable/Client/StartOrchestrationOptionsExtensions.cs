namespace Microsoft.DurableTask.Client;

/// <summary>Which existing instances of the same id refuse a start.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>Statuses that a list may name.</summary>
#pragma warning disable CS0618 // Canceled belongs to the official list.
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Canceled,
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
    ];
#pragma warning restore CS0618

    /// <param name="options">What else is wanted; unchanged.</param>
    /// <param name="dedupeStatuses">An instance in one of these refuses the start; one in another is replaced, terminated first where it has not ended.</param>
    public static StartOrchestrationOptions WithDedupeStatuses(this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dedupeStatuses);
        return options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
    }
}
