using ProspectOps.LocalRuntime.Durable.History;

namespace ProspectOps.LocalRuntime.Durable.Replay;

/// <summary>Brings external events and those who wait for them together, by name ignoring case.</summary>
/// <remarks>The newest waiter comes first, the oldest event too. A waiter that was cancelled still takes its event, which is lost then, as upstream.</remarks>
internal sealed class EventMailbox
{
    private readonly Dictionary<string, (Type Type, Stack<TaskCompletionSource<string?>> Stack)> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRaised> _unclaimed = [];

    public IReadOnlyList<EventRaised> Unclaimed => _unclaimed;

    public bool HasWaiters => _waiters.Values.Any(waiters => waiters.Stack.Any(waiter => !waiter.Task.IsCompleted));

    /// <exception cref="ArgumentException">Another waiter of that name asks for another type.</exception>
    public TaskCompletionSource<string?> Wait(string name, Type type)
    {
        if (!_waiters.TryGetValue(name, out var waiters) || waiters.Stack.Count == 0)
            _waiters[name] = waiters = (type, []);
        else if (waiters.Type != type)
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {waiters.Type.FullName} but was requested {type.FullName}.");
        }

        var waiter = new TaskCompletionSource<string?>();
        var first = _unclaimed.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (first < 0)
        {
            waiters.Stack.Push(waiter);
            return waiter;
        }

        waiter.SetResult(_unclaimed[first].Payload);
        _unclaimed.RemoveAt(first);
        return waiter;
    }

    public void Deliver(EventRaised raised)
    {
        if (_waiters.TryGetValue(raised.Name, out var waiters) && waiters.Stack.TryPop(out var waiter))
            waiter.TrySetResult(raised.Payload);
        else
            _unclaimed.Add(raised);
    }
}
