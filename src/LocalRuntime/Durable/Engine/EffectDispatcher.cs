using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Begins what a recorded step decided. Everything here may happen again after a crash, and is made so that twice is once.</summary>
internal sealed class EffectDispatcher(DurableEngine engine, ActivityQueue activities, TimerQueue timers, ILogger log)
{
    public void Apply(LiveInstance instance, int ordinal, EpisodeRecord record)
    {
        foreach (var child in record.RecordedChildren)
            engine.Store.MarkFinished(child);
        foreach (var timer in record.CancelledTimers)
            timers.Remove(instance, timer);

        if (record.Header.IsEnded)
        {
            timers.RemoveAll(instance);
            Send(instance, record.Sent, []);
            engine.Forget(instance);
            _ = FinishAsync(instance);
            return;
        }

        Begin(instance, record.Actions, record.CancelledTimers, record.Sent);
        if (record.Header.Ordinal != ordinal)
            engine.Post(instance, new StartMessage());
    }

    public void Begin(
        LiveInstance instance, IReadOnlyList<ActionEvent> actions, IReadOnlyCollection<int> cancelledTimers, IReadOnlyList<OutboxMessage> sent)
    {
        var ordinal = instance.Header.Ordinal;
        var children = new List<Task>();
        foreach (var action in actions)
        {
            switch (action)
            {
                case TaskScheduled activity:
                    activities.Add(instance, ordinal, activity);
                    break;
                case TimerScheduled timer when !cancelledTimers.Contains(timer.Id):
                    timers.Add(instance, ordinal, timer.Id, timer.FireAt);
                    break;
                case ChildScheduled child:
                    children.Add(StartChildAsync(instance, ordinal, child));
                    break;
            }
        }
        Send(instance, sent, children);
    }

    /// <summary>Tells the parent, if there is one that still wants to know; then nothing is left to do.</summary>
    public async Task FinishAsync(LiveInstance ended)
    {
        // As long as something is undelivered the instance must be found again after a crash.
        await ended.Sending;
        if (!engine.Stopping.IsCancellationRequested && !TellParent(ended.Header))
            engine.Store.MarkFinished(FinishedInstance.Of(ended.Header));
    }

    /// <returns>Whether a parent has it now; it takes the child off the list when it has recorded it.</returns>
    private bool TellParent(InstanceHeader child)
    {
        if (child.Parent is not { } link || engine.FindLive(link.InstanceId) is not { } parent || !link.IsUse(parent.Header.ListKey))
            return false;
        return engine.Post(parent, Completion(child, link));
    }

    private async Task StartChildAsync(LiveInstance parent, int ordinal, ChildScheduled child)
    {
        var now = engine.Time.GetUtcNow();
        var header = new InstanceHeader
        {
            InstanceId = child.InstanceId,
            Name = child.Name,
            Ordinal = 1,
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            Input = child.Payload,
            Parent = new ParentLink(parent.Id, parent.Header.Name, ordinal, child.Id, parent.Header.ListKey),
            Tags = child.Tags ?? new Dictionary<string, string>(),
            Partition = parent.Header.Partition,
        };
        try
        {
            await engine.RunUntilDoneAsync(async token =>
            {
                var creation = await engine.Creation.CreateAsync(header, token);
                if (creation is { Outcome: CreationOutcome.Mine, Existing: { IsEnded: true } ended })
                    engine.Post(parent, Completion(ended, header.Parent));
                else if (creation.Outcome == CreationOutcome.Taken)
                {
                    var failure = new FailureRecord(
                        typeof(InvalidOperationException).FullName!, $"An instance with the id '{child.InstanceId}' exists and has not ended.");
                    engine.Post(parent, new CompletionMessage(ordinal, new ChildFailed(child.Id, failure)));
                }
            });
        }
        catch (OperationCanceledException) when (engine.Stopping.IsCancellationRequested)
        {
            // Found again in the parent's history.
        }
    }

    // One delivery after the other, so that events keep their order; and to a child when there is one.
    private void Send(LiveInstance sender, IReadOnlyList<OutboxMessage> messages, IReadOnlyList<Task> children)
    {
        if (messages.Count > 0)
            sender.Sending = DeliverAsync(Task.WhenAll([sender.Sending, .. children]), sender.Id, messages);
    }

    private async Task DeliverAsync(Task before, string senderId, IReadOnlyList<OutboxMessage> messages)
    {
        await before;
        try
        {
            foreach (var message in messages)
                await engine.RunUntilDoneAsync(token => DeliverAsync(senderId, message, token));
            await engine.RunUntilDoneAsync(token => engine.Store.RemoveSentAsync(senderId, [.. messages.Select(message => message.Key)], token));
        }
        catch (OperationCanceledException) when (engine.Stopping.IsCancellationRequested)
        {
            // Found again in the outbox.
        }
    }

    private async Task DeliverAsync(string senderId, OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Inbox.AddAsync(message.InstanceId, InboxKind.Event, message.Name, message.Payload, message.MessageId, cancellationToken);
        }
        catch (DurableClientException)
        {
            log.SentEventDropped(message.Name, senderId, message.InstanceId);
        }
    }

    private static CompletionMessage Completion(InstanceHeader child, ParentLink link) => new(
        link.Ordinal,
        child.Status switch
        {
            OrchestrationRuntimeStatus.Completed => new ChildCompleted(link.TaskId) { Payload = child.Output },
            OrchestrationRuntimeStatus.Failed => new ChildFailed(link.TaskId, child.Failure!),
            _ => new ChildFailed(link.TaskId, new FailureRecord(
                typeof(OperationCanceledException).FullName!, $"The sub-orchestration '{child.InstanceId}' was terminated.")),
        },
        FinishedInstance.Of(child));
}
