using System.Text.Json.Serialization;

namespace ProspectOps.Webhooks;

/// <summary>An attempt as the API answers it.</summary>
/// <param name="Status">Null where nothing was answered; <paramref name="Error"/> then says why.</param>
public sealed record AttemptView(DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Status, double LatencyMs, string? Error);
