namespace ProspectOps.Webhooks;

/// <summary>What a replay sends, or would.</summary>
/// <param name="ReplayId">Null where it is only asked what it would do.</param>
/// <param name="Events">Events of types that the endpoint hears of, since then.</param>
/// <param name="AlreadyDelivered">Of these, how many the endpoint took before and will see again.</param>
/// <param name="Seconds">How long the sending takes at the replay's rate.</param>
public sealed record ReplayPlan(string? ReplayId, string EndpointId, DateTimeOffset Since, bool DryRun, int Events, int AlreadyDelivered, double PerSecond, double Seconds);
