namespace ProspectOps.Functions.Operations;

public sealed record HealthCheck(string Status, double LatencyMs, string? Detail);
