using System.Runtime.ExceptionServices;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>The orchestrator's side of a replay.</summary>
internal sealed class ReplayContext(EpisodeReplay replay, EpisodeInput input) : TaskOrchestrationContext
{
    /// <summary>16 KiB of UTF-16. Source: the documented limit of Durable Functions.</summary>
    public const int LongestCustomStatus = 8_192;

    // Longer waits are made of hops, so that a timer never outlives what a backend can hold. Source: DurableTaskWorkerOptions.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    private int _guids;

    public override TaskName Name => input.Name;

    public override string InstanceId => input.InstanceId;

    public override ParentOrchestrationInstance? Parent => input.Parent;

    public override DateTime CurrentUtcDateTime => replay.UtcNow;

    public override bool IsReplaying => replay.IsReplaying;

    /// <summary>The input as it was given, as JSON.</summary>
    public string? SerializedInput => input.Input;

    protected override ILoggerFactory LoggerFactory => input.LoggerFactory;

    public override T? GetInput<T>()
        where T : default
    {
        replay.EnsureOnThread();
        return input.Converter.Deserialize<T>(input.Input);
    }

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        replay.EnsureOnThread();
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                $"A {nameof(TaskOptions)} was given as the activity's input, and no {nameof(options)}. Did you mean it for {nameof(options)}?", nameof(input));
        }

        var payload = Serialize(input);
        var result = await TryRepeatedlyAsync(
            options?.Retry, () => replay.Decide(id => new TaskScheduled(id, Text(name)) { Payload = payload }));
        return Deserialize<TResult>(result);
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        replay.EnsureOnThread();
        var payload = Serialize(input);
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        Engine.InstanceId.Validate(instanceId);
        var tags = options?.Tags is { Count: > 0 } given ? new Dictionary<string, string>(given) : null;
        var result = await TryRepeatedlyAsync(
            options?.Retry,
            () => replay.Decide(id => new ChildScheduled(id, Text(orchestratorName), instanceId) { Payload = payload, Tags = tags }));
        return Deserialize<TResult>(result);
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        replay.EnsureOnThread();
        var due = fireAt.ToUniversalTime();
        while (due - CurrentUtcDateTime > LongestTimer && !cancellationToken.IsCancellationRequested)
        {
            var hop = CurrentUtcDateTime + LongestTimer;
            await replay.Decide(id => new TimerScheduled(id, hop), cancellationToken);
        }
        await replay.Decide(id => new TimerScheduled(id, due), cancellationToken);
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        replay.EnsureOnThread();
        var waiter = replay.Events.Wait(eventName, typeof(T));
        using var registration = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        return Deserialize<T>(await waiter.Task);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        replay.EnsureOnThread();
        Engine.InstanceId.Validate(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var content = Serialize(payload);
        _ = replay.Decide(id => new EventSent(id, eventName, instanceId) { Payload = content });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        replay.EnsureOnThread();
        var status = Serialize(customStatus);
        if (status is { Length: > LongestCustomStatus })
        {
            throw new ArgumentException(
                $"A custom status holds at most 16 KiB of UTF-16 ({LongestCustomStatus} characters); this one has {status.Length} characters.",
                nameof(customStatus));
        }
        replay.CustomStatus = status;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        replay.EnsureOnThread();
        replay.NextExecution = (Serialize(newInput), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        replay.EnsureOnThread();
        return DeterministicGuid.Create(InstanceId, CurrentUtcDateTime, _guids++);
    }

    private async Task<string?> TryRepeatedlyAsync(TaskRetryOptions? retry, Func<Task<string?>> attempt)
    {
        var began = CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            TaskFailedException failed;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException exception) when (retry is not null)
            {
                failed = exception;
            }

            if (retry.Handler is { } handler)
            {
                if (!await handler(new RetryContext(this, attempts, failed.FailureDetails, CurrentUtcDateTime - began, CancellationToken.None)))
                    ExceptionDispatchInfo.Throw(failed);
            }
            else if (RetrySchedule.DelayAfter(retry.Policy!, attempts, failed.FailureDetails, CurrentUtcDateTime - began) is { } delay)
                await CreateTimer(CurrentUtcDateTime + delay, CancellationToken.None);
            else
                ExceptionDispatchInfo.Throw(failed);
        }
    }

    private string? Serialize(object? value) => input.Converter.Serialize(value);

    // A null result is the default of any type, as upstream.
    private T Deserialize<T>(string? text) => text is null ? default! : input.Converter.Deserialize<T>(text)!;

    private static string Text(TaskName name) =>
        string.IsNullOrEmpty(name.Name) ? throw new ArgumentException("A task needs a name.", nameof(name)) : name.Name;
}
