namespace ProspectOps.Webhooks;

/// <summary>A batch of events without the events.</summary>
public sealed record EventHeader(string Name, string EventType, string? CampaignId, int Count);
