namespace ProspectOps.Functions.Webhooks;

/// <param name="EndpointId">Those of one endpoint; of all where it is missing.</param>
public sealed record RetryAllRequest(string? EndpointId);
