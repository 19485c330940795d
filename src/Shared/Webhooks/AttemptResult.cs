namespace ProspectOps.Webhooks;

/// <summary>What one request came to.</summary>
/// <param name="Status">Null if no answer came.</param>
/// <param name="Failure">Why none came, in words that name nobody.</param>
public sealed record AttemptResult(DateTimeOffset At, int? Status, double LatencyMs, string? Failure, TimeSpan? RetryAfter);
