namespace ProspectOps.Webhooks;

/// <summary>An event as it will be posted.</summary>
/// <param name="EventId">Header <c>webhook-id</c>: the same at every attempt and after every crash.</param>
/// <param name="Body">The JSON, byte for byte.</param>
public sealed record PlannedEvent(string EventId, string? ProspectKey, string Body);
