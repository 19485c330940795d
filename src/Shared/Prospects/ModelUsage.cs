namespace ProspectOps.Prospects;

/// <summary>What a model was paid for. Zero for rules and for cached answers.</summary>
public sealed record ModelUsage(long InputTokens, long OutputTokens, decimal CostUsd)
{
    public static ModelUsage None { get; } = new(0, 0, 0);
}
