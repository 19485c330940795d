using System.Text.Json.Serialization;

namespace ProspectOps.Functions.Webhooks;

/// <summary>What came back of <c>endpoint.test</c>.</summary>
/// <param name="Delivered">Whether the status is 2xx.</param>
/// <param name="Status">Null where nothing was answered; <paramref name="Error"/> then says why.</param>
/// <param name="Response">16 KB of the answer at most.</param>
public sealed record TestView(
    string EventId, string EventType, bool Delivered, DateTimeOffset At, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Status, double LatencyMs, string? Response, string? Error);
