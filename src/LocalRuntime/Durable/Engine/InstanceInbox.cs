using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Takes messages for instances: durable first, then in memory.</summary>
internal sealed class InstanceInbox(DurableEngine engine)
{
    private long _sequence;

    /// <exception cref="DurableClientException">There is no such instance, or its status does not allow it.</exception>
    public async Task AddAsync(
        string instanceId, InboxKind kind, string? name, string? payload, string? messageId, CancellationToken cancellationToken)
    {
        var instance = engine.FindLive(instanceId) ?? await FindUnfinishedAsync(instanceId, cancellationToken);
        EnsureAllowed(instance, kind);
        var message = new InboxMessage(
            MessageKeys.Arrived(engine.Time.GetUtcNow(), Interlocked.Increment(ref _sequence)), kind, name, payload, messageId);
        // Whoever goes away now must not leave a message behind that is stored and not in memory.
        await engine.Store.AddMessageAsync(instanceId, message, engine.Stopping);
        engine.Post(instance, new ExternalMessage(message));
    }

    private async Task<LiveInstance> FindUnfinishedAsync(string instanceId, CancellationToken cancellationToken)
    {
        // Under the lock, so that an instance that is just being created is seen.
        using var _ = await engine.Locks.TakeAsync(instanceId, cancellationToken);
        if (engine.FindLive(instanceId) is { } live)
            return live;
        var stored = await engine.Store.FindAsync(instanceId, withPayloads: false, cancellationToken)
            ?? throw new DurableClientException(DurableClientError.NotFound, $"There is no instance '{instanceId}'.");
        if (stored.IsEnded)
            throw Refusal(instanceId, stored.Status);
        return await engine.Store.LoadAsync(instanceId, cancellationToken) is { Header.IsEnded: false } loaded
            ? Recovery.Adopt(engine, loaded)
            : throw Refusal(instanceId, stored.Status);
    }

    private static void EnsureAllowed(LiveInstance instance, InboxKind kind)
    {
        if (instance.Header.IsEnded)
            throw Refusal(instance.Id, instance.Header.Status);
        var status = instance.IntendedStatus;
        if ((kind == InboxKind.Suspend && status != OrchestrationRuntimeStatus.Running)
            || (kind == InboxKind.Resume && status != OrchestrationRuntimeStatus.Suspended))
        {
            throw Refusal(instance.Id, status);
        }
    }

    private static DurableClientException Refusal(string instanceId, OrchestrationRuntimeStatus status) =>
        new(DurableClientError.InvalidState, $"Instance '{instanceId}' is {status}: that does not allow it.");
}
