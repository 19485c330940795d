namespace ProspectOps.LocalRuntime.Worker.Queues;

/// <summary>When a listener that waits should look at its queue again. Any thread may add a time; one loop waits.</summary>
internal sealed class WakeUps(TimeProvider clock) : IDisposable
{
    // More distinct times than this only come from a flood of delayed messages, whose earliest ones suffice: each poll leads to the next.
    private const int MaxTimes = 4096;
    private const long Quantum = TimeSpan.TicksPerSecond / 10;

    private readonly Lock _gate = new();
    private readonly SortedSet<long> _dueAt = [];
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <param name="after">0 for at once. Rounded up to a tenth of a second, so that a flood of delayed messages needs few wake-ups.</param>
    public void Add(TimeSpan after)
    {
        var due = clock.GetUtcNow() + after;
        lock (_gate)
        {
            var ticks = after <= TimeSpan.Zero ? due.UtcTicks : RoundUp(due.UtcTicks);
            if (!_dueAt.Add(ticks))
                return;
            if (_dueAt.Count > MaxTimes)
                _dueAt.Remove(_dueAt.Max);
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }

    /// <summary>Waits for the pause to pass or for the first time that is due before.</summary>
    /// <returns>Whether a time was due.</returns>
    public async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow().UtcTicks + pause.Ticks;
        while (true)
        {
            var now = clock.GetUtcNow().UtcTicks;
            long target;
            lock (_gate)
            {
                if (_dueAt.Count > 0 && _dueAt.Min <= now)
                {
                    _dueAt.RemoveWhere(ticks => ticks <= now);
                    return true;
                }
                target = _dueAt.Count > 0 ? Math.Min(until, _dueAt.Min) : until;
            }
            if (target <= now)
                return false;
            // A timer may be up to a millisecond early: round up, or the loop spins through the last one.
            await _changed.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(TimeSpan.FromTicks(target - now).TotalMilliseconds)), cancellationToken);
        }
    }

    public void Dispose() => _changed.Dispose();

    private static long RoundUp(long ticks) => (ticks + Quantum - 1) / Quantum * Quantum;
}
