using ProspectOps.Prospects;

namespace ProspectOps.Pipeline;

/// <summary>A person of a shard, with the line that they came from.</summary>
public sealed record ShardProspect(int Line, string Key, Prospect Prospect);
