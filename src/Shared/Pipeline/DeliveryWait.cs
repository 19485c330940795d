namespace ProspectOps.Pipeline;

/// <summary>A pipeline whose events are planned and which waits for their first attempts.</summary>
/// <param name="At">When the stage began.</param>
/// <param name="Endpoints">Who listened then.</param>
/// <param name="IsAnnounced">Whether the event about the campaign itself is planned too.</param>
public sealed record DeliveryWait(DateTimeOffset At, IReadOnlyList<string> Endpoints, bool IsAnnounced);
