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
        var loaded = new StoredInstance?[listed.Length];
        await Parallel.ForAsync(
            0, listed.Length, new ParallelOptions { MaxDegreeOfParallelism = LoadedAtOnce, CancellationToken = cancellationToken },
            async (index, token) => loaded[index] = await LoadAsync(listed[index].InstanceId, mayLinger, token));

        // All are known before the first one moves: a parent must be there when its child reports.
        var resumptions = new List<(StoredInstance Stored, LiveInstance Instance)>();
        foreach (var stored in loaded.OfType<StoredInstance>().Where(stored => !stored.Header.IsEnded).DistinctBy(stored => stored.Header.InstanceId))
        {
            if (TryRegister(engine, stored) is { } instance)
                resumptions.Add((stored, instance));
        }
        foreach (var (stored, instance) in resumptions)
            Resume(engine, stored, instance);
        for (var index = 0; index < listed.Length; index++)
        {
            var isItsRow = loaded[index]?.Header.ListKey == listed[index].ListKey;
            if (isItsRow && loaded[index]!.Header.IsEnded)
                SettleEnded(loaded[index]!);
            else if (!isItsRow && engine.Time.GetUtcNow() - listed[index].ListedAt > SlowestCreation)
                engine.Store.MarkFinished(FinishedInstance.Nobody(listed[index].ListKey));
        }
        return resumptions.Count;
    }

    private async Task<StoredInstance?> LoadAsync(string instanceId, bool mayLinger, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await engine.Store.LoadAsync(instanceId, cancellationToken);
            if (!mayLinger || stored is null or { Header.IsEnded: true })
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

    /// <summary>Takes one instance into memory and goes on with it.</summary>
    /// <returns>Not if somebody else was faster, whose copy may be older.</returns>
    public static bool TryAdopt(DurableEngine engine, StoredInstance stored)
    {
        if (TryRegister(engine, stored) is not { } instance)
            return false;
        Resume(engine, stored, instance);
        return true;
    }

    /// <summary>Does what an ended instance has left to do: deliver its events, tell its parent.</summary>
    public static void Settle(DurableEngine engine, StoredInstance ended) =>
        engine.Settle(new LiveInstance(ended.Header, ended.Position), Undelivered(ended));

    private static LiveInstance? TryRegister(DurableEngine engine, StoredInstance stored)
    {
        var instance = new LiveInstance(stored.Header, stored.Position) { History = stored.History };
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

    private void SettleEnded(StoredInstance stored)
    {
        var unsent = Undelivered(stored);
        // The parent asks for the child's end itself when it resumes; nobody else has to be told.
        var isAwaited = stored.Header.Parent is { } link
            && engine.FindLive(link.InstanceId) is { } parent && parent.Header.Ordinal == link.Ordinal && parent.Open.Contains(link.TaskId);
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
}
