using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a new orchestration is started.</summary>
public record StartOrchestrationOptions
{
    // Pascal case as upstream, whose parameters were those of a positional record.
    /// <param name="InstanceId">1 to 256 characters; a new GUID if not given.</param>
    /// <param name="StartAt">The instance stays Pending until then; at once if not given.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        DedupeStatuses = options.DedupeStatuses;
    }

    public string? InstanceId { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Names of statuses: an existing instance of the same id in one of them refuses the start, in any other it is replaced.
    /// Not given, those that have not ended refuse.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
