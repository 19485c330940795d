namespace ProspectOps.Tenancy.Quotas;

/// <summary>Units set aside for work that is about to be done: to be settled once, whatever became of it.</summary>
public sealed class QuotaReservation
{
    private int _isSettled;

    internal QuotaReservation(long granted, QuotaWindows? windows, QuotaCell? cell, string? name)
    {
        Granted = granted;
        Windows = windows;
        Cell = cell;
        Name = name;
    }

    /// <summary>Units that may be used; fewer than asked for only where fewer were asked to do.</summary>
    public long Granted { get; }

    /// <summary>Of those that have least left, when they reset; null where no quota is set.</summary>
    public DateTimeOffset? ResetsAt { get; internal init; }

    /// <summary>Of those that have least left, its name; null where no quota is set.</summary>
    public string? Quota { get; internal init; }

    internal QuotaWindows? Windows { get; }

    internal QuotaCell? Cell { get; }

    internal string? Name { get; }

    internal bool TrySettle() => Interlocked.Exchange(ref _isSettled, 1) == 0;
}
