using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>What is known of an instance besides its history.</summary>
internal sealed record InstanceHeader
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    /// <summary>Which execution of this id it is, from 1. Grows when it continues as new and when the id is used again, so that rows of different executions never meet.</summary>
    public required int Ordinal { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Pending until then.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CustomStatus { get; init; }

    public FailureRecord? Failure { get; init; }

    public ParentLink? Parent { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The partition of the hub that it belongs to, from 0: whoever owns that runs it. Children are in their parent's.</summary>
    public int Partition { get; init; }

    /// <summary>Its row on the list of unfinished instances. New for each use of the id, so that what ends never takes a successor off the list.</summary>
    public string ListKey { get; init; } = Guid.NewGuid().ToString("N");

    /// <returns>Whether a message is for this use of the id. One that was under way when the last one ended may be stored after it.</returns>
    public bool Takes(InboxMessage message) => message.Use is null || message.Use == ListKey;

    public bool IsEnded => Status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
