namespace ProspectOps.Pipeline;

/// <summary>What intake left to do: the number of chunks in each shard of people.</summary>
public sealed record IntakeResult(IntakeCounts Counts, IReadOnlyList<int> ChunksByShard);
