using System.Text.Json.Serialization;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Schedules;

/// <summary>A schedule as the API shows it.</summary>
/// <param name="DayOfWeek">Its English name in lower case.</param>
/// <param name="At">Local time, <c>HH:mm</c>.</param>
public sealed record ScheduleView(
    string ScheduleId,
    string Name,
    string UploadId,
    Cadence Cadence,
    string? DayOfWeek,
    int? DayOfMonth,
    string At,
    string TimeZone,
    DedupeMethod Dedupe,
    bool SmtpProbe,
    DateTimeOffset CreatedAt,
    DateTimeOffset NextRunAt)
{
    public static ScheduleView Of(ValidationSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var when = schedule.Recurrence;
        return new ScheduleView(
            schedule.ScheduleId, schedule.Name, schedule.UploadId, when.Cadence, when.DayOfWeek?.ToString().ToLowerInvariant(), when.DayOfMonth,
            when.At.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), when.TimeZone, schedule.Dedupe, schedule.SmtpProbe, schedule.CreatedAt, schedule.NextRunAt);
    }
}
