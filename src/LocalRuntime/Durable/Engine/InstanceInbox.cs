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
        var (header, instance) = engine.FindLive(instanceId) is { } live ? (live.Header, live) : await FindUnfinishedAsync(instanceId, cancellationToken);
        EnsureAllowed(header, instance?.IntendedStatus ?? header.Status, kind);
        var message = new InboxMessage(
            MessageKeys.Arrived(engine.Time.GetUtcNow(), Interlocked.Increment(ref _sequence)), kind, name, payload, messageId, header.ListKey);
        // Whoever goes away now must not leave a message behind that is stored and not in memory.
        await engine.Store.AddMessageAsync(instanceId, message, engine.Stopping);
        // Where it has been let go of meanwhile, whoever has it now must be told.
        if (instance is null || (!engine.Post(instance, new ExternalMessage(message)) && !instance.Header.IsEnded))
            await engine.Partitions.TellOwnerAsync(header.Partition, instanceId, engine.Stopping);
    }

    /// <returns>Without an instance where another process runs it, or where this one has just let go of it.</returns>
    private async Task<(InstanceHeader Header, LiveInstance? Instance)> FindUnfinishedAsync(string instanceId, CancellationToken cancellationToken)
    {
        // Under the lock, so that an instance that is just being created is seen.
        using var _ = await engine.Locks.TakeAsync(instanceId, cancellationToken);
        if (engine.FindLive(instanceId) is { } live)
            return (live.Header, live);
        var stored = await engine.Store.FindAsync(instanceId, withPayloads: false, cancellationToken)
            ?? throw new DurableClientException(DurableClientError.NotFound, $"There is no instance '{instanceId}'.");
        if (stored.IsEnded)
            throw Refusal(instanceId, stored.Status);
        if (!engine.Partitions.Owns(stored.Partition))
            return (stored, null);
        if (await engine.Store.LoadAsync(instanceId, cancellationToken) is not { Header.IsEnded: false } loaded)
            throw Refusal(instanceId, stored.Status);
        await Recovery.TryAdoptAsync(engine, loaded, cancellationToken);
        return (loaded.Header, engine.FindLive(instanceId));
    }

    private static void EnsureAllowed(InstanceHeader header, OrchestrationRuntimeStatus status, InboxKind kind)
    {
        if (header.IsEnded)
            throw Refusal(header.InstanceId, header.Status);
        if ((kind == InboxKind.Suspend && status != OrchestrationRuntimeStatus.Running)
            || (kind == InboxKind.Resume && status != OrchestrationRuntimeStatus.Suspended))
        {
            throw Refusal(header.InstanceId, status);
        }
    }

    private static DurableClientException Refusal(string instanceId, OrchestrationRuntimeStatus status) =>
        new(DurableClientError.InvalidState, $"Instance '{instanceId}' is {status}: that does not allow it.");
}
