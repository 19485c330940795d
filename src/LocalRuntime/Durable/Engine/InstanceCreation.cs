using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Creates instances: a new id, or the id of one that has ended.</summary>
internal sealed class InstanceCreation(DurableEngine engine)
{
    /// <returns>What came of it, and the instance in the way if there is one.</returns>
    public async Task<(CreationOutcome Outcome, InstanceHeader? Existing)> CreateAsync(InstanceHeader header, CancellationToken cancellationToken)
    {
        LiveInstance? instance = null;
        using (await engine.Locks.TakeAsync(header.InstanceId, cancellationToken))
        {
            if (engine.FindLive(header.InstanceId) is { Header.IsEnded: false } live)
                return (OutcomeOf(header, live.Header), live.Header);

            // From here on a caller that goes away must not leave an instance behind that is stored and not in memory.
            cancellationToken = engine.Stopping;
            var position = await engine.Store.TryAddAsync(header, cancellationToken);
            if (position is null)
            {
                if (await engine.Store.LoadAsync(header.InstanceId, cancellationToken) is not { } stored)
                    throw new InvalidOperationException($"Instance '{header.InstanceId}' appeared and disappeared meanwhile.");
                if (!stored.Header.IsEnded || (header.Parent is not null && stored.Header.Parent == header.Parent))
                {
                    // Unfinished and yet not in memory: the answer to an earlier try at adding it got lost.
                    if (!stored.Header.IsEnded && engine.Partitions.Owns(stored.Header.Partition))
                        Recovery.TryAdopt(engine, stored);
                    else if (!stored.Header.IsEnded)
                        await engine.Partitions.TellOwnerAsync(stored.Header.Partition, stored.Header.InstanceId, cancellationToken);
                    if (stored.Header.ListKey != header.ListKey)
                        engine.Store.MarkFinished(FinishedInstance.Nobody(header.ListKey));
                    return (OutcomeOf(header, stored.Header), stored.Header);
                }
                header = header with { Ordinal = stored.Header.Ordinal + 1 };
                position = await engine.Store.ReplaceAsync(stored, header, cancellationToken);
            }
            if (engine.Partitions.Owns(header.Partition))
                engine.Register(instance = new LiveInstance(header, position));
        }
        if (instance is null)
            await engine.Partitions.TellOwnerAsync(header.Partition, header.InstanceId, cancellationToken);
        else
            engine.ScheduleStart(instance);
        return (CreationOutcome.Created, null);
    }

    private static CreationOutcome OutcomeOf(InstanceHeader wanted, InstanceHeader existing) =>
        wanted.Parent is not null && existing.Parent == wanted.Parent ? CreationOutcome.Mine : CreationOutcome.Taken;

    /// <summary>The header of an instance that a client starts.</summary>
    public InstanceHeader NewHeader(string instanceId, string name, string? input, DateTimeOffset? startAt, IReadOnlyDictionary<string, string> tags)
    {
        var now = engine.Time.GetUtcNow();
        return new InstanceHeader
        {
            InstanceId = instanceId,
            Name = name,
            Ordinal = 1,
            Status = OrchestrationRuntimeStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = startAt,
            Input = input,
            Tags = tags,
            Partition = engine.Partitions.Choose(instanceId),
        };
    }
}
