namespace ProspectOps.Webhooks;

/// <summary>An attempt that will be made.</summary>
public sealed record UpcomingView(string DeliveryId, string EventType, int Attempt, DateTimeOffset At);
