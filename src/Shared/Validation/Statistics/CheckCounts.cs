namespace ProspectOps.Validation.Statistics;

/// <summary>What this process checked for a tenant since it started.</summary>
/// <param name="HitRate">Of the addresses looked for in the cache, the part that was there; 0 to 1, null where none was looked for.</param>
public sealed record CheckCounts(
    DateTimeOffset Since,
    long Checks,
    long Hits,
    long Misses,
    double? HitRate,
    IReadOnlyDictionary<Verdict, long> ByVerdict,
    CheckTimings Timings);
