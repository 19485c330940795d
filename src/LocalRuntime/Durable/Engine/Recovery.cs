using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Brings the unfinished instances back: what they had under way is derived from their histories and begun again.</summary>
internal sealed class Recovery(DurableEngine engine)
{
    private const int LoadedAtOnce = 16;

    // The list names an instance a moment before it is there.
    private static readonly TimeSpan SlowestCreation = TimeSpan.FromMinutes(2);

    /// <summary>Brings back what is not in memory of the partitions that this process owns.</summary>
    /// <param name="mayLinger">Whether a previous owner may be at work still: its writes are refused from here on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were resumed.</returns>
    public async Task<int> RunAsync(bool mayLinger, CancellationToken cancellationToken)
    {
        var listed = (await engine.Store.ListUnfinishedAsync(cancellationToken))
            .Where(row => engine.Partitions.Owns(row.Partition) && engine.FindLive(row.InstanceId) is null).ToArray();
        var found = new Found[listed.Length];
        try
        {
            await Parallel.ForAsync(
                0, listed.Length, new ParallelOptions { MaxDegreeOfParallelism = LoadedAtOnce, CancellationToken = cancellationToken },
                async (index, token) => found[index] = await FindAsync(listed[index].InstanceId, mayLinger, token));
        }
        catch (Exception)
        {
            // Nothing has begun; the next try loads them again.
            foreach (var instance in found.Select(taken => taken.Instance).OfType<LiveInstance>())
                engine.LetGo(instance);
            throw;
        }

        // All are known before the first one moves: a parent must be there when its child reports.
        foreach (var (_, stored, instance) in found)
        {
            if (instance is not null)
                Resume(engine, stored!, instance);
        }
        for (var index = 0; index < listed.Length; index++)
            Settle(listed[index], found[index]);
        return found.Count(taken => taken.Instance is not null);
    }

    /// <summary>Under the lock, so that nobody takes it as well, and lets it run on or end, between the reading and the taking.</summary>
    private async Task<Found> FindAsync(string instanceId, bool mayLinger, CancellationToken cancellationToken)
    {
        using var _ = await engine.Locks.TakeAsync(instanceId, cancellationToken);
        if (engine.FindLive(instanceId) is { } live)
            return new Found(live.Header, null, null);
        var stored = await engine.Store.LoadAsync(instanceId, cancellationToken);
        if (mayLinger && stored is not null)
            stored = await FenceAsync(engine, stored, cancellationToken);
        return new Found(stored?.Header, stored, stored is { Header.IsEnded: false } ? TryRegister(engine, stored) : null);
    }

    /// <summary>Refuses what a previous owner may still write.</summary>
    /// <returns>The instance as it is then.</returns>
    private static async Task<StoredInstance?> FenceAsync(DurableEngine engine, StoredInstance loaded, CancellationToken cancellationToken)
    {
        for (StoredInstance? stored = loaded; ; stored = await engine.Store.LoadAsync(loaded.Header.InstanceId, cancellationToken))
        {
            if (stored is null or { Header.IsEnded: true })
                return stored;
            try
            {
                return stored with { Position = await engine.Store.FenceAsync(stored, cancellationToken) };
            }
            catch (OwnershipLostException)
            {
                // The previous owner was faster, once: what it wrote has to be read.
            }
        }
    }

    /// <summary>Takes one instance into memory, under its lock, and goes on with it.</summary>
    /// <returns>Not if it is another process's, or has ended meanwhile.</returns>
    public static async Task<bool> TryAdoptAsync(DurableEngine engine, StoredInstance loaded, CancellationToken cancellationToken)
    {
        var partition = loaded.Header.Partition;
        if (!engine.Partitions.Owns(partition))
            return false;
        var stored = engine.Partitions.IsTaken(partition) ? loaded : await FenceAsync(engine, loaded, cancellationToken);
        if (stored is null or { Header.IsEnded: true } || TryRegister(engine, stored) is not { } instance)
            return false;
        Resume(engine, stored, instance);
        return true;
    }

    /// <summary>Does what an ended instance has left to do: deliver its events, tell its parent.</summary>
    public static void Settle(DurableEngine engine, StoredInstance ended) =>
        engine.Settle(new LiveInstance(ended.Header, ended.Position), Undelivered(ended));

    private static LiveInstance? TryRegister(DurableEngine engine, StoredInstance stored)
    {
        var instance = new LiveInstance(stored.Header, stored.Position) { BeginsHeld = true, History = stored.History };
        foreach (var item in stored.History)
        {
            switch (item)
            {
                case EpisodeStarted episode:
                    instance.LastEpisodeAt = episode.UtcNow;
                    break;
                case ExecutionStarted:
                    instance.IsStarted = true;
                    break;
                case ActionEvent action and not EventSent:
                    instance.Open.Add(action.Id);
                    break;
                case CompletionEvent completion:
                    instance.Open.Remove(completion.Id);
                    break;
                case EventRaised { MessageId: { } messageId }:
                    instance.SeenMessages.Add(messageId);
                    break;
            }
        }
        return engine.TryRegister(instance) ? instance : null;
    }

    private static void Resume(DurableEngine engine, StoredInstance stored, LiveInstance instance)
    {
        foreach (var message in stored.Inbox)
            engine.Post(instance, new ExternalMessage(message));
        engine.Resume(instance, [.. stored.History.OfType<ActionEvent>().Where(action => instance.Open.Contains(action.Id))], Undelivered(stored));
    }

    private void Settle(UnfinishedInstance row, Found found)
    {
        if (found.Header?.ListKey != row.ListKey)
        {
            if (engine.Time.GetUtcNow() - row.ListedAt > SlowestCreation)
                engine.Store.MarkFinished(FinishedInstance.Nobody(row.ListKey));
            return;
        }
        if (found.Stored is not { Header.IsEnded: true } stored)
            return;
        var unsent = Undelivered(stored);
        // The parent asks for the child's end itself when it resumes; nobody else has to be told.
        var isAwaited = stored.Header.Parent is { } link && engine.FindLive(link.InstanceId) is { } parent && link.IsUse(parent.Header.ListKey)
            && parent.Header.Ordinal == link.Ordinal && parent.Open.Contains(link.TaskId);
        if (unsent.Count > 0)
            engine.Settle(new LiveInstance(stored.Header, stored.Position), unsent);
        else if (!isAwaited)
            engine.Store.MarkFinished(FinishedInstance.Of(stored.Header));
    }

    // A row of the present execution that no event of the history vouches for belongs to a step that never became visible.
    private static IReadOnlyList<OutboxMessage> Undelivered(StoredInstance stored)
    {
        if (stored.Outbox.Count == 0)
            return [];
        var present = $"{MessageKeys.Sent(stored.Header.Ordinal, 0)[..11]}";
        var vouched = stored.History.OfType<EventSent>().Select(sent => MessageKeys.Sent(stored.Header.Ordinal, sent.Id)).ToHashSet();
        return [.. stored.Outbox.Where(message => !message.Key.StartsWith(present, StringComparison.Ordinal) || vouched.Contains(message.Key))];
    }

    /// <param name="Header">Of what has the id, if anything.</param>
    /// <param name="Stored">As loaded; not where it was in memory.</param>
    /// <param name="Instance">Where it is to go on.</param>
    private readonly record struct Found(InstanceHeader? Header, StoredInstance? Stored, LiveInstance? Instance);
}
