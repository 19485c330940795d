using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>One step of an instance: all of it becomes visible, or none.</summary>
internal sealed class InstanceCommit
{
    /// <summary>Where its ordinal is new, the history begins anew with <see cref="Appended"/>.</summary>
    public required InstanceHeader Header { get; init; }

    public required IReadOnlyList<HistoryEvent> Appended { get; init; }

    /// <summary>Keys of the messages that the step has taken; at most <see cref="MostConsumed"/>.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    /// <summary>Messages for the execution that begins, under keys made by <see cref="MessageKeys.Carried"/>.</summary>
    public IReadOnlyList<InboxMessage> Carried { get; init; } = [];

    public IReadOnlyList<OutboxMessage> Sent { get; init; } = [];

    /// <summary>Tells a commit that has happened from one that has not, where the answer got lost.</summary>
    public Guid CommitId { get; } = Guid.NewGuid();

    /// <summary>What leaves room in a transaction of 100 rows for the header and some history.</summary>
    public const int MostConsumed = 90;
}
