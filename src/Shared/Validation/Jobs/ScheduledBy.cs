namespace ProspectOps.Validation.Jobs;

/// <summary>The run of a schedule that a job belongs to.</summary>
public sealed record ScheduledBy(string ScheduleId, string RunId);
