namespace ProspectOps.Functions.Operations;

public sealed record HealthChecks(HealthCheck Tables, HealthCheck Blobs, HealthCheck Queues, HealthCheck Orchestrations, HealthCheck Llm, HealthCheck Dns, HealthCheck Smtp);
