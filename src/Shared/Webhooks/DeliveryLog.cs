namespace ProspectOps.Webhooks;

/// <summary>One delivery of a batch: which event, and what its attempts came to.</summary>
public sealed record DeliveryLog(string EventId, string? ProspectKey, IReadOnlyList<AttemptResult> Attempts)
{
    /// <summary>Attempts since it was planned, or last taken from the dead letters: where it stands in the schedule.</summary>
    public int Tries { get; init; }

    /// <summary>Null for at once, and where none is to come.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>What was answered last.</summary>
    public string? Answer { get; init; }

    /// <summary>Why it is dead.</summary>
    public string? Cause { get; init; }
}
