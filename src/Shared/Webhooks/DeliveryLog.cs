namespace ProspectOps.Webhooks;

/// <summary>One delivery of a batch: which event, and what its attempts came to.</summary>
public sealed record DeliveryLog(string EventId, string? ProspectKey, IReadOnlyList<AttemptResult> Attempts);
