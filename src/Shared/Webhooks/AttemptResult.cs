using System.Text.Json.Serialization;

namespace ProspectOps.Webhooks;

/// <summary>What one request came to.</summary>
/// <param name="Status">Null if no answer came.</param>
/// <param name="Failure">Why none came, in words that name nobody.</param>
public sealed record AttemptResult(DateTimeOffset At, int? Status, double LatencyMs, string? Failure, TimeSpan? RetryAfter)
{
    /// <summary>The answer's body as text, 16 KB of it at most; a delivery keeps the last one alone.</summary>
    [JsonIgnore]
    public string? Answer { get; init; }

    [JsonIgnore]
    public bool IsSuccess => Status is >= 200 and < 300;
}
