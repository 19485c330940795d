namespace ProspectOps.Functions.Validation;

/// <param name="HitRate">0 to 1; missing before the first look.</param>
public sealed record CacheStatsView(long Hits, long Misses, double? HitRate);
