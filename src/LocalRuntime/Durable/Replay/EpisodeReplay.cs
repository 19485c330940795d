using Microsoft.DurableTask;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>Replays an orchestrator over its history, lets it run over what is new, and says what it decided. Used once.</summary>
/// <remarks>Pure but for the orchestrator's own code: no clock, no storage. The rules are those of the Durable Task Framework:
/// ids count the calls from 0; recorded decisions must come again with the same id, kind and name; an execution does not end
/// while a task of its own is open.</remarks>
internal sealed class EpisodeReplay
{
    private readonly EpisodeInput _input;
    private readonly OrchestratorThread _thread;
    private readonly ReplayContext _context;
    private readonly SortedDictionary<int, ActionEvent> _decided = [];
    private readonly Dictionary<int, OpenTask> _open = [];
    private readonly List<int> _cancelledTimers = [];
    private readonly Queue<HistoryEvent> _heldBack = [];
    private readonly List<EventRaised> _tooLate = [];
    private int _nextId;
    private bool _isSuspended;
    private Task<object?>? _run;

    public EpisodeReplay(EpisodeInput input)
    {
        _input = input;
        _thread = new OrchestratorThread(input.OnLateIllegalAwait);
        _context = new ReplayContext(this, input);
    }

    public EventMailbox Events { get; } = new();

    public bool IsReplaying { get; private set; }

    public DateTime UtcNow { get; private set; }

    /// <summary>Set by the orchestrator; as JSON.</summary>
    public string? CustomStatus { get; set; }

    /// <summary>Set by the orchestrator to start over when it has returned.</summary>
    public (string? Input, bool KeepsEvents)? NextExecution { get; set; }

    public EpisodeOutcome Run()
    {
        EpisodeEnd? end;
        try
        {
            IsReplaying = true;
            Apply(_input.Past);
            IsReplaying = false;
            Apply(_input.New);
            end = FindEnd();
        }
        catch (NonDeterminismException exception)
        {
            _thread.End();
            return new EpisodeOutcome { Actions = [], CustomStatus = CustomStatus, End = new ExecutionFailed(exception.ToRecord()) };
        }

        return new EpisodeOutcome
        {
            Actions = [.. _decided.Values],
            CustomStatus = CustomStatus,
            End = end,
            IsSuspended = _isSuspended,
            CancelledTimers = _cancelledTimers,
        };
    }

    /// <summary>Takes a decision under the next id.</summary>
    /// <returns>Completes with the result, as JSON; the task of an event sent never completes.</returns>
    public Task<string?> Decide(Func<int, ActionEvent> make, CancellationToken cancellationToken = default)
    {
        var action = make(_nextId++);
        _decided.Add(action.Id, action);
        if (action is EventSent)
            return Task.FromResult<string?>(null);

        var open = new OpenTask(action);
        _open.Add(action.Id, open);
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() =>
            {
                if (!_thread.IsCurrent)
                {
                    _thread.ReportTrespass();
                    return;
                }
                if (!open.TrySetCanceled(cancellationToken))
                    return;
                _open.Remove(action.Id);
                _cancelledTimers.Add(action.Id);
            });
        }
        return open.Task;
    }

    /// <exception cref="InvalidOperationException">The caller is not on the orchestrator's thread.</exception>
    public void EnsureOnThread()
    {
        if (_thread.IsCurrent)
            return;
        _thread.ReportTrespass();
        throw IllegalAwait.Exception();
    }

    private void Apply(IReadOnlyList<HistoryEvent> events)
    {
        foreach (var item in events)
        {
            switch (item)
            {
                case EpisodeStarted started:
                    EnsureAllRecorded();
                    UtcNow = started.UtcNow;
                    break;
                case ActionEvent recorded:
                    Confirm(recorded);
                    break;
                case ExecutionSuspended:
                    _isSuspended = true;
                    break;
                case ExecutionResumed:
                    _isSuspended = false;
                    while (!_isSuspended && _heldBack.TryDequeue(out var held))
                        Step(held);
                    break;
                case var _ when _isSuspended:
                    _heldBack.Enqueue(item);
                    break;
                default:
                    Step(item);
                    break;
            }
        }
    }

    private void Step(HistoryEvent item) => _thread.Run(() =>
    {
        switch (item)
        {
            case ExecutionStarted:
                Start();
                break;
            case EventRaised raised when NextExecution is not null:
                _tooLate.Add(raised);
                break;
            case EventRaised raised:
                Events.Deliver(raised);
                break;
            case CompletionEvent completion when _open.Remove(completion.Id, out var open):
                open.Complete(completion);
                break;
            default:
                // A cancelled timer that fired, or a completion that came twice: the first one counts.
                break;
        }
    });

    private void Start()
    {
        try
        {
            _run = _input.Code(_context);
        }
        catch (Exception exception)
        {
            _run = Task.FromException<object?>(exception);
        }

        // Where the code ends on a thread of its own after an await that is not allowed, nothing else would tell.
        _run.ContinueWith(
            _ =>
            {
                if (!_thread.IsCurrent)
                    _thread.ReportTrespass();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Confirm(ActionEvent recorded)
    {
        if (!_decided.Remove(recorded.Id, out var decided))
            throw new NonDeterminismException($"history has {Describe(recorded)}, the code did not get there.");
        if (decided.GetType() != recorded.GetType() || !string.Equals(decided.Name, recorded.Name, StringComparison.OrdinalIgnoreCase))
            throw new NonDeterminismException($"history has {Describe(recorded)}, the code did {Describe(decided)}.");
    }

    private void EnsureAllRecorded()
    {
        if (_decided.Count > 0)
            throw new NonDeterminismException($"the code did {Describe(_decided.Values.First())}, which history does not have.");
    }

    private EpisodeEnd? FindEnd()
    {
        var isIllegal = _thread.End();
        if (_run is null)
            return null;
        if (isIllegal || (!_run.IsCompleted && !_isSuspended && _open.Count == 0 && !Events.HasWaiters))
            return new ExecutionFailed(FailureRecord.From(IllegalAwait.Exception()));
        if (_thread.Escaped is { } escaped)
            return new ExecutionFailed(FailureRecord.From(escaped));
        // One that is suspended starts over when it is resumed: neither that nor what came meanwhile may be lost on the way.
        if (!_run.IsCompleted || _open.Count > 0 || (_isSuspended && NextExecution is not null))
            return null;
        if (!_run.IsCompletedSuccessfully)
            return new ExecutionFailed(FailureRecord.From(_run.Exception?.InnerException ?? new TaskCanceledException(_run)));

        try
        {
            return NextExecution is { } next
                ? new ExecutionContinued(next.Input, [.. next.KeepsEvents ? Events.Unclaimed : [], .. _tooLate])
                : new ExecutionCompleted(_input.Converter.Serialize(_run.Result));
        }
        catch (Exception exception) when (exception is NotSupportedException or System.Text.Json.JsonException or InvalidOperationException)
        {
            return new ExecutionFailed(FailureRecord.From(exception));
        }
    }

    private static string Describe(ActionEvent action) => $"{action.GetType().Name} '{action.Name}' as #{action.Id}";

    private sealed class OpenTask(ActionEvent action) : TaskCompletionSource<string?>
    {
        public void Complete(CompletionEvent completion)
        {
            if (completion is TaskFailed { Failure: var task })
                TrySetException(new TaskFailedException(action.Name, action.Id, task.ToDetails()));
            else if (completion is ChildFailed { Failure: var child })
                TrySetException(new TaskFailedException(action.Name, action.Id, child.ToDetails()));
            else
                TrySetResult(completion.Payload);
        }
    }
}
