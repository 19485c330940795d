namespace ProspectOps.Validation.Schedules;

/// <summary>One run of a schedule.</summary>
/// <param name="JobId">The job that checks the list; null where none could be started.</param>
/// <param name="Error">Why none could be.</param>
public sealed record ScheduleRun(string RunId, DateTimeOffset ScheduledFor, DateTimeOffset StartedAt, string? JobId, string? Error);
