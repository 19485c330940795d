using System.Globalization;
using ProspectOps.Validation.Schedules;

namespace ProspectOps.Tests.Validation.Schedules;

public sealed class RecurrenceTests
{
    [Theory]
    // Ordinary days, on both sides of the year.
    [InlineData("2026-01-15T05:59:59Z", "2026-01-15T06:30:00Z")]
    [InlineData("2026-01-15T06:30:00Z", "2026-01-16T06:30:00Z")]
    [InlineData("2026-07-15T00:00:00Z", "2026-07-15T05:30:00Z")]
    public void Daily_comes_at_the_local_time(string after, string expected) => AssertNext(new Recurrence(Cadence.Daily, null, null, new TimeOnly(7, 30), "Europe/Paris"), after, expected);

    [Fact]
    public void Time_that_the_clock_leaps_over_comes_at_the_first_instant_after()
    {
        var recurrence = new Recurrence(Cadence.Daily, null, null, new TimeOnly(2, 30), "Europe/Paris");

        AssertNext(recurrence, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"); // 03:00 local, for 02:30 does not exist
        AssertNext(recurrence, "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    [Fact]
    public void Time_that_the_clock_shows_twice_comes_once()
    {
        var recurrence = new Recurrence(Cadence.Daily, null, null, new TimeOnly(2, 30), "Europe/Paris");

        AssertNext(recurrence, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"); // the first 02:30, still summer time
        AssertNext(recurrence, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    [Theory]
    [InlineData(DayOfWeek.Monday, "2026-01-15T00:00:00Z", "2026-01-19T08:00:00Z")]
    [InlineData(DayOfWeek.Thursday, "2026-01-15T00:00:00Z", "2026-01-15T08:00:00Z")]
    [InlineData(DayOfWeek.Thursday, "2026-01-15T08:00:00Z", "2026-01-22T08:00:00Z")]
    public void Weekly_comes_on_its_day(DayOfWeek day, string after, string expected) => AssertNext(new Recurrence(Cadence.Weekly, day, null, new TimeOnly(8, 0), "UTC"), after, expected);

    [Theory]
    [InlineData(31, "2026-01-31T12:00:00Z", "2026-02-28T08:00:00Z")]
    [InlineData(31, "2028-02-01T00:00:00Z", "2028-02-29T08:00:00Z")]
    [InlineData(15, "2026-12-15T08:00:00Z", "2027-01-15T08:00:00Z")]
    public void Monthly_comes_on_the_last_day_of_a_month_without_the_day(int day, string after, string expected) =>
        AssertNext(new Recurrence(Cadence.Monthly, null, day, new TimeOnly(8, 0), "UTC"), after, expected);

    [Fact]
    public void Local_day_counts_where_it_is_another_than_in_greenwich()
    {
        // Sunday 23:30 UTC is Monday 08:30 in Tokyo.
        AssertNext(new Recurrence(Cadence.Weekly, DayOfWeek.Monday, null, new TimeOnly(9, 0), "Asia/Tokyo"), "2026-01-18T23:30:00Z", "2026-01-19T00:00:00Z");
        // Half hours, and a zone that changes by half an hour.
        AssertNext(new Recurrence(Cadence.Daily, null, null, new TimeOnly(2, 15), "Australia/Lord_Howe"), "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z");
    }

    [Fact]
    public void Every_next_time_is_later_and_a_day_on_average()
    {
        foreach (var zone in new[] { "America/New_York", "Africa/Casablanca", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Kathmandu" })
        {
            var recurrence = new Recurrence(Cadence.Daily, null, null, new TimeOnly(0, 30), zone);
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (var day = 0; day < 730; day++)
            {
                var next = recurrence.Next(at);
                Assert.True(next > at);
                Assert.InRange((next - at).TotalHours, 0, 26);
                at = next;
            }
            Assert.InRange((at - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalDays, 728.5, 731);
        }
    }

    private static void AssertNext(Recurrence recurrence, string after, string expected) =>
        Assert.Equal(Parse(expected), recurrence.Next(Parse(after)));

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
