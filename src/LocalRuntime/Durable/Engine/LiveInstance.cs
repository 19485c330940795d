using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>An unfinished instance in memory: its last recorded state and the mailbox of what came since.</summary>
/// <remarks>It stands in the queue of episodes at most once, so that its episodes never overlap.</remarks>
internal sealed class LiveInstance(InstanceHeader header, StoredPosition position)
{
    private readonly Lock _gate = new();
    private readonly List<Message> _mailbox = [];
    private volatile InstanceHeader _header = header;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isQueued;
    private bool _isLingering;
    private int _outstanding;
    private bool _isClosed;
    private bool _isHeld;
    private bool _mayStart;

    public string Id => _header.InstanceId;

    /// <summary>Whether messages only gather at first, until <see cref="Release"/>.</summary>
    public bool BeginsHeld { init => _isHeld = value; }

    /// <summary>As recorded last.</summary>
    public InstanceHeader Header => _header;

    // The following belong to whoever runs the instance's episode.
    public StoredPosition Position { get; private set; } = position;

    /// <summary><see langword="null"/> where the cache has let go of it.</summary>
    public List<HistoryEvent>? History { get; set; } = [];

    public long HistoryChars { get; set; }

    /// <summary>Orchestration time of the last episode; time does not run backwards from one to the next.</summary>
    public DateTime LastEpisodeAt { get; set; }

    /// <summary>Whether the present execution's code has begun.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Ids of activities, sub-orchestrations and timers of the present execution that have not ended.</summary>
    public HashSet<int> Open { get; } = [];

    /// <summary>Ids of the messages from other orchestrations that the present execution has.</summary>
    public HashSet<string> SeenMessages { get; } = [];

    /// <summary>Keys of the stored messages that it has taken.</summary>
    public TakenKeys Taken { get; } = new();

    /// <summary>Ends when all events sent so far are delivered.</summary>
    public Task Sending { get; set; } = Task.CompletedTask;

    /// <summary>Whether this process has let go of it.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _isClosed;
        }
    }

    /// <summary>The status that the instance will have when its mailbox is empty.</summary>
    public OrchestrationRuntimeStatus IntendedStatus
    {
        get
        {
            lock (_gate)
            {
                var status = _header.Status;
                foreach (var kind in _mailbox.OfType<ExternalMessage>().Select(message => message.Content.Kind))
                {
                    status = kind switch
                    {
                        InboxKind.Suspend => OrchestrationRuntimeStatus.Suspended,
                        InboxKind.Resume => OrchestrationRuntimeStatus.Running,
                        InboxKind.Terminate => OrchestrationRuntimeStatus.Terminated,
                        _ => status,
                    };
                }
                return status;
            }
        }
    }

    /// <returns>Whether the message was taken, and whether the instance must be put into the queue of episodes.</returns>
    public (bool Accepted, QueueTurn Turn) Post(Message message)
    {
        lock (_gate)
        {
            if (_isClosed)
                return (false, QueueTurn.No);
            if (message is StartMessage)
                _mayStart = true;
            _mailbox.Add(message);
            return (true, _isQueued ? QueueTurn.No : NextTurn());
        }
    }

    /// <summary>Lets episodes run.</summary>
    public QueueTurn Release()
    {
        lock (_gate)
        {
            _isHeld = false;
            return _isClosed || _isQueued ? QueueTurn.No : NextTurn();
        }
    }

    /// <summary>Ends the moment that <see cref="QueueTurn.Soon"/> stands for.</summary>
    /// <returns>Whether the instance must be queued now.</returns>
    public bool EndLinger()
    {
        lock (_gate)
        {
            _isLingering = false;
            return !_isQueued && (_isQueued = !_isClosed && HasWork());
        }
    }

    /// <summary>Puts messages before those that wait.</summary>
    public void PostFirst(IEnumerable<Message> messages)
    {
        lock (_gate)
            _mailbox.InsertRange(0, messages);
    }

    public IReadOnlyList<Message> Take()
    {
        lock (_gate)
        {
            if (!HasWork())
                return [];
            if (!_mayStart && !IsStarted)
            {
                var terminations = _mailbox.FindAll(IsTermination);
                _mailbox.RemoveAll(IsTermination);
                return terminations;
            }
            var count = 0;
            for (var external = 0; count < _mailbox.Count; count++)
            {
                if (_mailbox[count] is ExternalMessage && ++external > InstanceCommit.MostConsumed)
                    break;
            }
            var taken = _mailbox.GetRange(0, count);
            _mailbox.RemoveRange(0, count);
            return taken;
        }
    }

    /// <returns>Whether the instance goes back into the queue of episodes.</returns>
    public QueueTurn Leave()
    {
        lock (_gate)
        {
            _isQueued = false;
            return _isClosed ? QueueTurn.No : NextTurn();
        }
    }

    public void Publish(InstanceHeader recorded, StoredPosition at)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _header = recorded;
            Position = at;
            _outstanding = Open.Count;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.TrySetResult();
    }

    /// <summary>Takes no more messages.</summary>
    /// <returns>Those that nobody will look at.</returns>
    public IReadOnlyList<Message> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            var left = _mailbox.ToArray();
            _mailbox.Clear();
            _changed.TrySetResult();
            return left;
        }
    }

    /// <returns>The first header that satisfies the condition; <see langword="null"/> if this process lets go of the instance before.</returns>
    public async Task<InstanceHeader?> WaitAsync(Func<InstanceHeader, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            InstanceHeader present;
            bool isClosed;
            lock (_gate)
                (changed, present, isClosed) = (_changed.Task, _header, _isClosed);
            if (condition(present))
                return present;
            if (isClosed)
                return null;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private QueueTurn NextTurn()
    {
        if (!HasWork())
            return QueueTurn.No;
        var moreIsComing = IsStarted && _mailbox.Count < _outstanding && _mailbox.TrueForAll(message => message is CompletionMessage { Event: TaskCompleted });
        if (!moreIsComing)
        {
            _isQueued = true;
            return QueueTurn.Now;
        }
        if (_isLingering)
            return QueueTurn.No;
        _isLingering = true;
        return QueueTurn.Soon;
    }

    // Before its time an instance can only be terminated; whatever else comes is kept for it.
    private bool HasWork() => !_isHeld && _mailbox.Count > 0
        && (_mayStart || IsStarted || _mailbox.Exists(IsTermination));

    private static bool IsTermination(Message message) => message is ExternalMessage { Content.Kind: InboxKind.Terminate };
}
