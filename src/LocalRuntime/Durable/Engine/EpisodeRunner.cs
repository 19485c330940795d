using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Replay;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Runs one episode of an instance: messages in, replay, one commit, effects.</summary>
/// <remarks>Nothing that the orchestrator decided is begun before it is recorded, so that whatever has begun is found again after a crash.</remarks>
internal sealed class EpisodeRunner(
    IInstanceStore store,
    ITaskCode code,
    DataConverter converter,
    HistoryCache cache,
    TimeProvider time,
    ILoggerFactory loggerFactory)
{
    private readonly ILogger _log = loggerFactory.CreateLogger<EpisodeRunner>();

    /// <param name="instance">Whose turn it is.</param>
    /// <param name="onIllegalAwait">Called later, on any thread, if the orchestrator turns out to have left its thread.</param>
    /// <param name="cancellationToken">Gives up without a trace: the next start begins where the last commit was.</param>
    /// <returns>What was recorded; <see langword="null"/> if nothing had to be.</returns>
    /// <exception cref="OwnershipLostException">Somebody else has changed the instance.</exception>
    public async Task<EpisodeRecord?> RunAsync(LiveInstance instance, Action onIllegalAwait, CancellationToken cancellationToken)
    {
        var messages = instance.Take();
        if (messages.Count == 0)
            return null;
        var intake = EpisodeIntake.From(instance, messages);
        if (intake.Duplicates > 0)
            _log.DuplicatesIgnored(instance.Id, intake.Duplicates);
        if (instance.IsStarted && intake is { Events.Count: 0, Consumed.Count: 0, HasIllegalAwait: false })
            return new EpisodeRecord(instance.Header, [], [], [], intake.RecordedChildren);

        var history = instance.History ??= await ReadHistoryAsync(instance, cancellationToken);
        var now = time.GetUtcNow();
        var utcNow = now.UtcDateTime > instance.LastEpisodeAt ? now.UtcDateTime : instance.LastEpisodeAt;
        List<HistoryEvent> added = [new EpisodeStarted(utcNow)];
        if (!instance.IsStarted)
            added.Add(new ExecutionStarted());
        added.AddRange(intake.Events);

        var outcome = intake switch
        {
            { Termination: not null } => new EpisodeOutcome { Actions = [], CustomStatus = instance.Header.CustomStatus },
            { HasIllegalAwait: true } => new EpisodeOutcome
            {
                Actions = [],
                CustomStatus = instance.Header.CustomStatus,
                End = new ExecutionFailed(FailureRecord.From(IllegalAwait.Exception())),
            },
            _ => await ReplayAsync(instance, history, added, onIllegalAwait),
        };
        added.AddRange(outcome.Actions);

        var header = Next(instance.Header, intake.Termination, outcome, now);
        var isNewExecution = header.Ordinal != instance.Header.Ordinal;
        var carried = isNewExecution ? Carry((ExecutionContinued)outcome.End!, header.Ordinal) : [];
        OutboxMessage[] sent = [.. outcome.Actions.OfType<EventSent>().Select(action => new OutboxMessage(
            MessageKeys.Sent(instance.Header.Ordinal, action.Id),
            MessageKeys.SentId(instance.Header.ListKey, instance.Header.Ordinal, action.Id),
            action.InstanceId,
            action.Name,
            action.Payload))];
        var commit = new InstanceCommit
        {
            Header = header,
            Appended = isNewExecution ? [] : added,
            Consumed = intake.Consumed,
            Carried = carried,
            Sent = sent,
        };
        var position = await StorageRetry.RunAsync(
            token => store.CommitAsync(instance.Position, commit, token), _log, time, cancellationToken);

        Remember(instance, header, position, history, isNewExecution ? [] : added, outcome, utcNow);
        if (isNewExecution)
            instance.PostFirst([.. carried.Select(message => new ExternalMessage(message))]);
        if (outcome.End is ExecutionFailed failed)
            _log.InstanceFailed(instance.Id, header.Name, failed.Failure.ErrorType, failed.Failure.ErrorMessage);
        return new EpisodeRecord(header, outcome.Actions, outcome.CancelledTimers, sent, intake.RecordedChildren);
    }

    private async Task<EpisodeOutcome> ReplayAsync(
        LiveInstance instance, List<HistoryEvent> past, List<HistoryEvent> added, Action onIllegalAwait)
    {
        var header = instance.Header;
        IAsyncDisposable? scope = null;
        var outcome = new EpisodeReplay(new EpisodeInput
        {
            InstanceId = header.InstanceId,
            Name = header.Name,
            Input = header.Input,
            Parent = header.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.InstanceId) : null,
            Past = past,
            New = added,
            Code = context =>
            {
                var run = code.StartOrchestrator(context);
                scope = run.Scope;
                return run.Result;
            },
            Converter = converter,
            LoggerFactory = loggerFactory,
            OnLateIllegalAwait = onIllegalAwait,
        }).Run();
        if (scope is not null)
            await scope.DisposeAsync();
        return outcome;
    }

    private async Task<List<HistoryEvent>> ReadHistoryAsync(LiveInstance instance, CancellationToken cancellationToken) =>
        await StorageRetry.RunAsync(
            token => store.ReadHistoryAsync(instance.Id, instance.Position, token), _log, time, cancellationToken);

    private void Remember(
        LiveInstance instance, InstanceHeader header, StoredPosition position,
        List<HistoryEvent> history, IReadOnlyList<HistoryEvent> added, EpisodeOutcome outcome, DateTime utcNow)
    {
        instance.LastEpisodeAt = utcNow;
        if (header.Ordinal != instance.Header.Ordinal)
        {
            cache.Remove(instance);
            history.Clear();
            instance.Open.Clear();
            instance.SeenMessages.Clear();
            instance.HistoryChars = 0;
            instance.IsStarted = false;
        }
        else
        {
            history.AddRange(added);
            instance.IsStarted = true;
            foreach (var action in outcome.Actions)
            {
                if (action is not EventSent)
                    instance.Open.Add(action.Id);
            }
            instance.Open.ExceptWith(outcome.CancelledTimers);
        }
        instance.History = history;
        instance.Publish(header, position);
        cache.Touch(instance, added);
    }

    private static InboxMessage[] Carry(ExecutionContinued next, int ordinal) =>
        [.. next.Carried.Select((raised, index) => new InboxMessage(
            MessageKeys.Carried(ordinal, index), InboxKind.Event, raised.Name, raised.Payload, raised.MessageId))];

    private static InstanceHeader Next(InstanceHeader header, InboxMessage? termination, EpisodeOutcome outcome, DateTimeOffset now)
    {
        var next = header with { UpdatedAt = now, CustomStatus = outcome.CustomStatus };
        if (termination is not null)
            return next with { Status = OrchestrationRuntimeStatus.Terminated, Output = termination.Payload };
        return outcome.End switch
        {
            ExecutionCompleted completed => next with { Status = OrchestrationRuntimeStatus.Completed, Output = completed.Output },
            ExecutionFailed failed => next with { Status = OrchestrationRuntimeStatus.Failed, Failure = failed.Failure },
            ExecutionContinued continued => next with
            {
                Status = OrchestrationRuntimeStatus.Running,
                Ordinal = header.Ordinal + 1,
                Input = continued.Input,
                CustomStatus = null,
            },
            _ => next with { Status = outcome.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running },
        };
    }
}
