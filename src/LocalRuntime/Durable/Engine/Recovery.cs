using ProspectOps.LocalRuntime.Durable.History;
using ProspectOps.LocalRuntime.Durable.Storage;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Brings the unfinished instances back: what they had under way is derived from their histories and begun again.</summary>
internal sealed class Recovery(DurableEngine engine)
{
    private const int LoadedAtOnce = 16;

    /// <returns>How many were resumed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await engine.Store.PrepareAsync(cancellationToken);
        var ids = await engine.Store.ListUnfinishedAsync(cancellationToken);
        var loaded = new StoredInstance?[ids.Count];
        await Parallel.ForAsync(
            0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = LoadedAtOnce, CancellationToken = cancellationToken },
            async (index, token) => loaded[index] = await engine.Store.LoadAsync(ids[index], token));

        // All are known before the first one moves: a parent must be there when its child reports.
        var unfinished = loaded.OfType<StoredInstance>().Where(stored => !stored.Header.IsEnded).ToArray();
        var resumptions = unfinished.Select(stored => (Stored: stored, Instance: Register(engine, stored))).ToArray();
        foreach (var (stored, instance) in resumptions)
            Resume(engine, stored, instance);
        for (var index = 0; index < ids.Count; index++)
        {
            if (loaded[index] is not { } stored)
                engine.Store.MarkFinished(ids[index]);
            else if (stored.Header.IsEnded)
                SettleEnded(stored);
        }
        return unfinished.Length;
    }

    /// <summary>Takes one instance into memory and goes on with it.</summary>
    public static LiveInstance Adopt(DurableEngine engine, StoredInstance stored)
    {
        var instance = Register(engine, stored);
        Resume(engine, stored, instance);
        return instance;
    }

    private static LiveInstance Register(DurableEngine engine, StoredInstance stored)
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
        engine.Register(instance);
        return instance;
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
            engine.Store.MarkFinished(stored.Header.InstanceId);
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
