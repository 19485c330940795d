using ProspectOps.LocalRuntime.Worker.Timers;

namespace ProspectOps.LocalRuntime.Tests.Worker.Timers;

/// <summary>Berlin sets its clocks back on 25 October 2026 at 01:00 UTC (03:00 becomes 02:00) and on, on 29 March, at the same time.</summary>
public sealed class TimerScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_point_in_time_comes_once_in_the_hour_that_comes_twice() =>
        Assert.Equal([At(10, 24, 0, 30), At(10, 25, 1, 30), At(10, 26, 1, 30)], Occurrences("0 30 2 * * *", At(10, 24, 0, 0), 3));

    [Fact]
    public void An_interval_goes_on_through_the_hour_that_comes_twice() => Assert.Equal(
        Enumerable.Range(1, 9).Select(i => At(10, 24, 23, 30).AddMinutes(20 * i)),
        Occurrences("0 10/20 * * * *", At(10, 24, 23, 30), 9));

    [Fact]
    public void An_interval_goes_on_over_the_hour_that_is_skipped() => Assert.Equal(
        Enumerable.Range(1, 6).Select(i => At(3, 29, 0, 0).AddMinutes(20 * i)),
        Occurrences("0 */20 * * * *", At(3, 29, 0, 0), 6));

    [Fact]
    public void A_point_in_the_hour_that_is_skipped_comes_an_hour_later_by_the_clock() =>
        Assert.Equal([At(3, 29, 1, 30), At(3, 30, 0, 30)], Occurrences("0 30 2 * * *", At(3, 28, 12, 0), 2));

    private static DateTime At(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, DateTimeKind.Utc);

    private static List<DateTime> Occurrences(string schedule, DateTime after, int count)
    {
        var timer = TimerSchedule.Parse(schedule, Berlin);
        var all = new List<DateTime>();
        while (all.Count < count)
            all.Add(after = timer.Next(after));
        return all;
    }
}
