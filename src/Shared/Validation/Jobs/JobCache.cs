namespace ProspectOps.Validation.Jobs;

public sealed record JobCache(long Hits, long Misses);
