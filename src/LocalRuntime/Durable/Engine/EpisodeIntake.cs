using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Turns messages into history: drops what the execution has already, or never asked for. Pure but for the sets of the instance.</summary>
internal sealed class EpisodeIntake
{
    private readonly List<HistoryEvent> _events = [];
    private readonly List<string> _consumed = [];
    private readonly List<FinishedInstance> _recordedChildren = [];

    private EpisodeIntake()
    {
    }

    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <summary>Keys of stored messages that this episode settles.</summary>
    public IReadOnlyList<string> Consumed => _consumed;

    /// <summary>Sub-orchestrations whose completion needs no second delivery once this episode is recorded.</summary>
    public IReadOnlyList<FinishedInstance> RecordedChildren => _recordedChildren;

    public InboxMessage? Termination { get; private set; }

    public bool HasIllegalAwait { get; private set; }

    public int Duplicates { get; private set; }

    public static EpisodeIntake From(LiveInstance instance, IReadOnlyList<Message> messages)
    {
        var intake = new EpisodeIntake();
        foreach (var message in messages)
            intake.Take(instance, message);
        return intake;
    }

    private void Take(LiveInstance instance, Message message)
    {
        switch (message)
        {
            case CompletionMessage completion:
                if (completion.Child is { } child)
                    _recordedChildren.Add(child);
                // The first completion counts; one of an earlier execution counts for nothing.
                if (completion.Ordinal == instance.Header.Ordinal && instance.Open.Remove(completion.Event.Id))
                    _events.Add(completion.Event);
                else
                    Duplicates++;
                break;
            case ExternalMessage { Content: var content }:
                // One that was stored by another process can be seen twice.
                if (!instance.Taken.Add(content.Key))
                    break;
                _consumed.Add(content.Key);
                Take(instance, content);
                break;
            case IllegalAwaitMessage illegal:
                HasIllegalAwait |= illegal.Ordinal == instance.Header.Ordinal;
                break;
        }
    }

    private void Take(LiveInstance instance, InboxMessage content)
    {
        switch (content.Kind)
        {
            case InboxKind.Terminate:
                Termination ??= content;
                break;
            case InboxKind.Suspend:
                _events.Add(new ExecutionSuspended(content.Payload));
                break;
            case InboxKind.Resume:
                _events.Add(new ExecutionResumed(content.Payload));
                break;
            default:
                if (content.MessageId is null || instance.SeenMessages.Add(content.MessageId))
                    _events.Add(new EventRaised(content.Name ?? "", content.MessageId) { Payload = content.Payload });
                else
                    Duplicates++;
                break;
        }
    }
}
