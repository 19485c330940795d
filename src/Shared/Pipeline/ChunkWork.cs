namespace ProspectOps.Pipeline;

/// <summary>One stage of one chunk.</summary>
public sealed record ChunkWork(PipelineJob Job, string Stage, int Shard, int Chunk, int Attempt);
