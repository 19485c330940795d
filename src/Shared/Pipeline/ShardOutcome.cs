namespace ProspectOps.Pipeline;

/// <summary>How a stage ended for one shard.</summary>
/// <param name="Chunks">Of the chunks worked on, those that leave somebody for the next stage.</param>
public sealed record ShardOutcome(bool Stopped, IReadOnlyList<int> Chunks);
