using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>All of an instance, as loaded.</summary>
internal sealed record StoredInstance(
    InstanceHeader Header,
    StoredPosition Position,
    List<HistoryEvent> History,
    IReadOnlyList<InboxMessage> Inbox,
    IReadOnlyList<OutboxMessage> Outbox);
