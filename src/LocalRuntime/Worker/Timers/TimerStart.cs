using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>What a stored status means when a host starts. Pure; all times are UTC.</summary>
/// <param name="Status">Where the schedule stands now.</param>
/// <param name="MustWrite">Whether that differs from what is stored.</param>
/// <param name="IsPastDue">Whether to run at once, once, however many occurrences were missed.</param>
internal sealed record TimerStart(ScheduleStatus Status, bool MustWrite, bool IsPastDue)
{
    public static TimerStart From(ScheduleStatus? stored, TimerSchedule schedule, DateTime now)
    {
        if (stored is null)
            return new TimerStart(new ScheduleStatus { Next = schedule.Next(now), LastUpdated = now }, MustWrite: true, IsPastDue: false);

        var expected = schedule.Next(stored.Last == default ? stored.LastUpdated : stored.Last);
        if (expected == stored.Next)
            return new TimerStart(stored, MustWrite: false, IsPastDue: now > stored.Next);

        // The schedule was edited while nothing ran: what the old one missed is nobody's to make up for.
        var next = expected < now ? schedule.Next(now) : expected;
        return new TimerStart(new ScheduleStatus { Last = default, Next = next, LastUpdated = now }, MustWrite: true, IsPastDue: false);
    }
}
