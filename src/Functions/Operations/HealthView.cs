namespace ProspectOps.Functions.Operations;

/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
public sealed record HealthView(string Status, string Version, long UptimeSeconds, HealthChecks Checks);
