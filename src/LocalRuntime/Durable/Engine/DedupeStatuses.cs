using Microsoft.DurableTask.Client;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Reads the names that a start is given.</summary>
internal static class DedupeStatuses
{
    private static readonly OrchestrationRuntimeStatus[] Live =
        [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <exception cref="ArgumentException">A name is no status, or Terminated refuses while a live instance would have to be terminated to be replaced.</exception>
    public static IReadOnlySet<OrchestrationRuntimeStatus> Parse(IEnumerable<string> names)
    {
        var statuses = new HashSet<OrchestrationRuntimeStatus>();
        foreach (var name in names)
        {
            if (!Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status) || !StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Contains(status))
                throw new ArgumentException($"'{name}' is no status that a start can be refused for.", nameof(names));
            statuses.Add(status);
        }
        if (statuses.Contains(OrchestrationRuntimeStatus.Terminated) && Live.Any(status => !statuses.Contains(status)))
            throw new ArgumentException("Terminated among the statuses excludes the replacement of a live instance, which is terminated first.", nameof(names));
        return statuses;
    }
}
