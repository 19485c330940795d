using Microsoft.DurableTask.Client;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Which instances a listing shows.</summary>
internal sealed record InstanceFilter(
    DateTimeOffset? CreatedFrom, DateTimeOffset? CreatedTo, IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses, string? IdPrefix, bool WithPayloads)
{
    public bool Matches(InstanceHeader header) =>
        (CreatedFrom is null || header.CreatedAt >= CreatedFrom)
        && (CreatedTo is null || header.CreatedAt <= CreatedTo)
        && (Statuses is null || Statuses.Contains(header.Status))
        && (IdPrefix is null || header.InstanceId.StartsWith(IdPrefix, StringComparison.Ordinal));
}
