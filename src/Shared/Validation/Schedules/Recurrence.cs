using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation.Schedules;

/// <summary>When something comes again: at a local time of a named zone. Pure.</summary>
/// <param name="DayOfMonth">1 to 31; in a shorter month its last day.</param>
/// <param name="TimeZone">An IANA name, such as <c>Europe/Paris</c>.</param>
/// <remarks>
/// Where the clock is put forward and the time does not exist, it comes at the first instant after the gap; where the clock is put back and the time exists
/// twice, it comes once, at the first.
/// </remarks>
public sealed record Recurrence(Cadence Cadence, DayOfWeek? DayOfWeek, int? DayOfMonth, TimeOnly At, string TimeZone)
{
    // A day that a zone left out, such as 2011-12-30 in Samoa, is the longest gap there ever was.
    private const int MostGapMinutes = 2 * 24 * 60;

    /// <summary>The first time after an instant.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        while (true)
        {
            if (Falls(day) && InstantOf(day.ToDateTime(At), zone) is var instant && instant > after)
                return instant;
            day = day.AddDays(1);
        }
    }

    /// <summary>Adds what cannot be used of it, by field.</summary>
    public void Check(FieldErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        errors.Require(Cadence == Cadence.Weekly || DayOfWeek is null, "dayOfWeek", "belongs to a weekly schedule");
        errors.Require(Cadence != Cadence.Weekly || DayOfWeek is not null, "dayOfWeek", "must be given for a weekly schedule");
        errors.Require(Cadence == Cadence.Monthly || DayOfMonth is null, "dayOfMonth", "belongs to a monthly schedule");
        errors.Require(Cadence != Cadence.Monthly || DayOfMonth is >= 1 and <= 31, "dayOfMonth", "must be 1 to 31 for a monthly schedule");
        if (!IsKnown(TimeZone))
            errors.Add("timeZone", IsKnown("Europe/Paris") ? "must be an IANA time zone, such as Europe/Paris" : "is not known, since this installation has no time zone data: install tzdata, or use UTC");
    }

    private static bool IsKnown(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    private bool Falls(DateOnly day) => Cadence switch
    {
        Cadence.Daily => true,
        Cadence.Weekly => day.DayOfWeek == DayOfWeek,
        Cadence.Monthly => day.Day == Math.Min(DayOfMonth!.Value, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static DateTimeOffset InstantOf(DateTime local, TimeZoneInfo zone)
    {
        for (var minute = 0; minute < MostGapMinutes && zone.IsInvalidTime(local); minute++)
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
