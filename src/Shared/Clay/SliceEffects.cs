namespace ProspectOps.Clay;

/// <summary>What a slice that is recorded has still to bring about in the workflow's counters.</summary>
/// <param name="Key">Row key; names it among all that the workflow counts.</param>
public sealed record SliceEffects(string Key, IReadOnlyDictionary<string, long> Deliver, IReadOnlyDictionary<string, long> Analyze);
