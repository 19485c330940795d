using System.Text.Json.Serialization;

namespace ProspectOps.Functions.Operations;

public sealed record HealthCheck(string Status, double LatencyMs, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Detail);
