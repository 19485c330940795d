using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Creates instances: a new id, or the id of one that has ended.</summary>
internal sealed class InstanceCreation(DurableEngine engine)
{
    /// <returns>What came of it, and the instance in the way if there is one.</returns>
    public async Task<(CreationOutcome Outcome, InstanceHeader? Existing)> CreateAsync(InstanceHeader header, CancellationToken cancellationToken)
    {
        LiveInstance? instance;
        using (await engine.Locks.TakeAsync(header.InstanceId, cancellationToken))
        {
            if (engine.FindLive(header.InstanceId) is { Header.IsEnded: false } live)
                return (OutcomeOf(header, live.Header), live.Header);

            // From here on a caller that goes away must not leave an instance behind that is stored and not in memory.
            cancellationToken = engine.Stopping;
            StoredPosition? position;
            while ((position = await engine.Store.TryAddAsync(header, cancellationToken)) is null)
            {
                if (await engine.Store.LoadAsync(header.InstanceId, cancellationToken) is not { } stored)
                    continue;
                if (!stored.Header.IsEnded || stored.Header.Parent?.IsSame(header.Parent) == true)
                    return await MeetAsync(header, stored, cancellationToken);
                header = header with { Ordinal = stored.Header.Ordinal + 1 };
                if ((position = await TryReplaceAsync(stored, header, cancellationToken)) is not null)
                    break;
            }
            instance = new LiveInstance(header, position);
            if (!engine.TryRegister(instance))
                instance = null;
        }
        if (instance is null)
            await engine.Partitions.TellOwnerAsync(header.Partition, header.InstanceId, cancellationToken);
        else
            engine.ScheduleStart(instance);
        return (CreationOutcome.Created, null);
    }

    /// <summary>The id is taken, by an instance that is not in memory here or has ended.</summary>
    private async Task<(CreationOutcome Outcome, InstanceHeader? Existing)> MeetAsync(InstanceHeader header, StoredInstance stored, CancellationToken cancellationToken)
    {
        // Unfinished: the answer to an earlier try at adding it got lost, or it is another process's.
        if (!stored.Header.IsEnded && !await Recovery.TryAdoptAsync(engine, stored, cancellationToken))
            await engine.Partitions.TellOwnerAsync(stored.Header.Partition, stored.Header.InstanceId, cancellationToken);
        if (stored.Header.ListKey != header.ListKey)
            engine.Store.MarkFinished(FinishedInstance.Nobody(header.ListKey));
        return (OutcomeOf(header, stored.Header), stored.Header);
    }

    /// <returns><see langword="null"/> if another process has purged it or used the id meanwhile.</returns>
    private async Task<StoredPosition?> TryReplaceAsync(StoredInstance ended, InstanceHeader header, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Store.ReplaceAsync(ended, header, cancellationToken);
        }
        catch (OwnershipLostException)
        {
            return null;
        }
    }

    private static CreationOutcome OutcomeOf(InstanceHeader wanted, InstanceHeader existing) =>
        existing.Parent?.IsSame(wanted.Parent) == true ? CreationOutcome.Mine : CreationOutcome.Taken;

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
