namespace ProspectOps.Pipeline;

/// <summary>What a pipeline would do and cost.</summary>
/// <param name="Prospects">People left once rejected rows and duplicates are out.</param>
public sealed record Estimate(long Prospects, long ModelCalls, long InputTokens, long OutputTokens, decimal CostUsd, long CacheHitsExpected, double Seconds);
