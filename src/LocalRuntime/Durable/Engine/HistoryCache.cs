using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>Bounds the history held in memory: beyond the limit, the instances longest without an episode give theirs up.</summary>
internal sealed class HistoryCache(long limitChars)
{
    // What an event weighs besides its payload, roughly.
    private const int EventChars = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<LiveInstance> _byUse = new();
    private readonly Dictionary<LiveInstance, LinkedListNode<LiveInstance>> _nodes = [];
    private long _totalChars;

    /// <summary>Counts what an instance has got, and makes it the last to go.</summary>
    public void Touch(LiveInstance instance, IReadOnlyList<HistoryEvent> added)
    {
        var chars = added.Sum(item => EventChars + (item.Payload?.Length ?? 0));
        lock (_gate)
        {
            Take(instance);
            instance.HistoryChars += chars;
            _totalChars += instance.HistoryChars;
            _nodes[instance] = _byUse.AddLast(instance);
            while (_totalChars > limitChars && _byUse.First is { } oldest && oldest.Value != instance)
            {
                Take(oldest.Value);
                oldest.Value.History = null;
            }
        }
    }

    public void Remove(LiveInstance instance)
    {
        lock (_gate)
            Take(instance);
    }

    private void Take(LiveInstance instance)
    {
        if (!_nodes.Remove(instance, out var node))
            return;
        _byUse.Remove(node);
        _totalChars -= instance.HistoryChars;
    }
}
