using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProspectOps.Functions.Tests.Pipeline;

/// <summary>One generation of an orchestration: activities answer at once by a function, timers fire at once unless <paramref name="timersFire"/> says otherwise, and events come by <see cref="Raise"/>.</summary>
internal sealed class FakeOrchestration(object input, Func<string, object?, object?> activity, Func<bool>? timersFire = null) : TaskOrchestrationContext
{
    private readonly Stack<Action<object>> _waiters = [];
    private readonly Queue<object> _events = [];

    public List<string> Activities { get; } = [];

    /// <summary>What the next generation begins with; null where this is the last.</summary>
    public object? NextInput { get; private set; }

    public override TaskName Name => "Fake";

    public override string InstanceId => "acme-wf";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T? GetInput<T>() where T : default => (T)input;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Activities.Add(name.Name);
        return Task.FromResult((TResult)activity(name.Name, input)!);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        timersFire?.Invoke() == false ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;

    /// <summary>The newest waiter takes it, even one that has given up.</summary>
    public void Raise(object payload)
    {
        if (_waiters.TryPop(out var waiter))
            waiter(payload);
        else
            _events.Enqueue(payload);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var waiter = new TaskCompletionSource<T>();
        if (_events.TryDequeue(out var payload))
            waiter.SetResult((T)payload);
        else
            _waiters.Push(raised => waiter.TrySetResult((T)raised));
        cancellationToken.Register(() => waiter.TrySetCanceled());
        return waiter.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => NextInput = newInput;

    public override Guid NewGuid() => throw new NotSupportedException();
}
