using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What was used on one day, by one key, or for one operation.</summary>
/// <param name="KeyId">Null also for work that no key asked for.</param>
public sealed record UsageGroupView(
    string? Day, string? KeyId, string? Operation, long Requests, long Validations, long Tokens, long InputTokens, long OutputTokens, decimal CostUsd, long CacheHits, long Deliveries)
{
    public static UsageGroupView Of(UsageCounts counts) => new(
        null, null, null, counts.Requests, counts.Validations, counts.InputTokens + counts.OutputTokens, counts.InputTokens, counts.OutputTokens, counts.CostMicroUsd / 1_000_000m, counts.CacheHits, counts.Deliveries);
}
