namespace ProspectOps.Platform.Idempotency;

/// <summary>An answer as it was given the first time.</summary>
public sealed record IdempotentReply(int Status, string? Location, string Body);
