using Microsoft.Extensions.Logging;

namespace ProspectOps.Validation.Schedules;

internal static partial class SchedulesLog
{
    [LoggerMessage(3111, LogLevel.Warning, "Schedule {ScheduleId} could not start its job: {Code}")]
    public static partial void ScheduleFailed(this ILogger log, string scheduleId, string code);
}
