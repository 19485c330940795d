using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Schedules;

/// <summary>A list that is checked again and again.</summary>
public sealed record ValidationSchedule
{
    public required string ScheduleId { get; init; }

    public required string Name { get; init; }

    public required string UploadId { get; init; }

    public required Recurrence Recurrence { get; init; }

    public DedupeMethod Dedupe { get; init; }

    public bool SmtpProbe { get; init; }

    public string? Column { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset NextRunAt { get; init; }

    /// <summary>Row of table <c>Due</c> that reminds of it.</summary>
    public required string DueRow { get; init; }

    public string? Version { get; init; }

    internal JobRequest Request(string runId) =>
        new(new JobSource(JobSource.Upload, UploadId), Dedupe, SmtpProbe, Column) { Schedule = new ScheduledBy(ScheduleId, runId) };
}
