namespace ProspectOps.Pipeline;

/// <summary>One stage of one shard.</summary>
/// <param name="Attempt">From 2 on, chunks may be done already and are looked up first.</param>
public sealed record ShardWork(PipelineJob Job, string Stage, int Shard, IReadOnlyList<int> Chunks, int Attempt);
