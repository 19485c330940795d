using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>What an episode has recorded and what therefore has to be done.</summary>
/// <param name="Header">As recorded.</param>
/// <param name="Actions">To begin.</param>
/// <param name="CancelledTimers">To forget, new ones among them.</param>
/// <param name="Sent">To deliver.</param>
/// <param name="RecordedChildren">To take off the list of unfinished instances.</param>
internal sealed record EpisodeRecord(
    InstanceHeader Header,
    IReadOnlyList<ActionEvent> Actions,
    IReadOnlyCollection<int> CancelledTimers,
    IReadOnlyList<OutboxMessage> Sent,
    IReadOnlyList<FinishedInstance> RecordedChildren);
