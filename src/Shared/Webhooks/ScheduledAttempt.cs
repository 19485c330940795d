namespace ProspectOps.Webhooks;

/// <summary>An attempt that would be made, and between which times.</summary>
/// <param name="Moved">Whether a maintenance window puts it off.</param>
public sealed record ScheduledAttempt(int Attempt, DateTimeOffset Earliest, DateTimeOffset Latest, bool Moved);
