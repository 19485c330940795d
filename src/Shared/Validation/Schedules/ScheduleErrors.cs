using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Schedules;

public static class ScheduleErrors
{
    public static DomainError NotFound { get; } = new(ErrorKind.NotFound, "schedule_not_found", "There is no such schedule.")
    {
        Fix = "Use a scheduleId that GET /api/validation/schedules lists.",
    };

    public static DomainError TooMany(int most) => new(ErrorKind.Conflict, "too_many_schedules", $"There are {most} schedules, which is the most.")
    {
        Fix = "Delete one that nobody needs.",
    };
}
