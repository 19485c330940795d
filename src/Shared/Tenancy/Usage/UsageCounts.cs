namespace ProspectOps.Tenancy.Usage;

/// <summary>What was used.</summary>
/// <param name="CostMicroUsd">Millionths of a US dollar.</param>
public readonly record struct UsageCounts(
    long Requests = 0, long Validations = 0, long InputTokens = 0, long OutputTokens = 0, long CostMicroUsd = 0, long CacheHits = 0, long Deliveries = 0)
{
    public static UsageCounts operator +(UsageCounts one, UsageCounts other) => one.Add(other);

    public UsageCounts Add(UsageCounts other) => new(
        Requests + other.Requests, Validations + other.Validations, InputTokens + other.InputTokens, OutputTokens + other.OutputTokens,
        CostMicroUsd + other.CostMicroUsd, CacheHits + other.CacheHits, Deliveries + other.Deliveries);
}
