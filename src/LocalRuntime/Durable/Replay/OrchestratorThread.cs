namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>The one logical thread of an orchestrator: its scheduler and its synchronisation context.</summary>
/// <remarks>Everything that an orchestrator may await is completed by the replay itself, on this thread. Whatever comes from
/// another thread is therefore the trace of an await that is not allowed; it is never run, only reported.</remarks>
internal sealed class OrchestratorThread : TaskScheduler
{
    [ThreadStatic]
    private static OrchestratorThread? s_current;

    private readonly Queue<Task> _queue = [];
    private readonly Lock _gate = new();
    private readonly Action _onTrespassAfterEnd;
    private readonly Context _context;
    private bool _isEnded;
    private bool _isTrespassed;

    /// <param name="onTrespassAfterEnd">Called, on any thread, for what comes after <see cref="End"/>.</param>
    public OrchestratorThread(Action onTrespassAfterEnd)
    {
        _onTrespassAfterEnd = onTrespassAfterEnd;
        _context = new Context(this);
    }

    public bool IsCurrent => s_current == this;

    /// <summary>The first exception that escaped from an <c>async void</c> method.</summary>
    public Exception? Escaped { get; private set; }

    /// <summary>Runs the action here, then everything that it set in motion, until all is parked.</summary>
    public void Run(Action action)
    {
        var context = SynchronizationContext.Current;
        var outer = s_current;
        s_current = this;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            // As a task, so that TaskScheduler.Current is this thread for continuations too.
            var task = new Task(action);
            task.RunSynchronously(this);
            task.GetAwaiter().GetResult();
            while (_queue.TryDequeue(out var next))
                TryExecuteTask(next);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            s_current = outer;
        }
    }

    /// <summary>Notes that something of the orchestrator ran, or wants to run, elsewhere.</summary>
    public void ReportTrespass()
    {
        lock (_gate)
        {
            _isTrespassed = true;
            if (!_isEnded)
                return;
        }
        _onTrespassAfterEnd();
    }

    /// <returns>Whether a trespass was reported before.</returns>
    public bool End()
    {
        lock (_gate)
        {
            _isEnded = true;
            return _isTrespassed;
        }
    }

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    protected override void QueueTask(Task task)
    {
        if (IsCurrent)
            _queue.Enqueue(task);
        else
            ReportTrespass();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsCurrent && TryExecuteTask(task);

    private sealed class Context(OrchestratorThread thread) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            if (thread.IsCurrent)
                _ = Task.Factory.StartNew(() => Call(d, state), CancellationToken.None, TaskCreationOptions.None, thread);
            else
                thread.ReportTrespass();
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (!thread.IsCurrent)
            {
                thread.ReportTrespass();
                throw new InvalidOperationException(IllegalAwait.Message);
            }
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;

        private void Call(SendOrPostCallback d, object? state)
        {
            try
            {
                d(state);
            }
            catch (Exception exception) when (thread.Escaped is null)
            {
                thread.Escaped = exception;
            }
        }
    }
}
