namespace ProspectOps.Validation.Smtp;

/// <summary>Who of those that wait has the next of a mail server's sessions: single checks before lists, but no more than three before a list has its turn.</summary>
/// <remarks>Thread-safe. Those of one kind have theirs in the order in which they came.</remarks>
internal sealed class SessionTurns(int sessions)
{
    private const int MostSinglesInARow = 3;

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _singles = new();
    private readonly LinkedList<TaskCompletionSource> _lists = new();
    private int _free = sessions;
    private int _singlesInARow;

    /// <exception cref="OperationCanceledException">No turn was taken.</exception>
    public async Task WaitAsync(ProbePriority priority, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> mine;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }
            mine = (priority == ProbePriority.Interactive ? _singles : _lists).AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        await using var registration = cancellationToken.UnsafeRegister((_, token) => GiveUp(mine, token), null);
        await mine.Value.Task;
    }

    public void Release()
    {
        lock (_gate)
        {
            if (_singles.First is { } single && (_lists.Count == 0 || _singlesInARow < MostSinglesInARow))
            {
                _singlesInARow = _lists.Count == 0 ? 0 : _singlesInARow + 1;
                Give(single);
            }
            else if (_lists.First is { } list)
            {
                _singlesInARow = 0;
                Give(list);
            }
            else
            {
                _free++;
            }
        }
    }

    private static void Give(LinkedListNode<TaskCompletionSource> next)
    {
        next.List!.Remove(next);
        next.Value.SetResult();
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> mine, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Who has the turn by now keeps it, and gives it back as any other.
            if (mine.List is not { } waiting)
                return;
            waiting.Remove(mine);
            mine.Value.SetCanceled(cancellationToken);
        }
    }
}
