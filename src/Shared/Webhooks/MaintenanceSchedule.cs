using System.Globalization;

namespace ProspectOps.Webhooks;

/// <summary>Says when a receiver may be called. Pure.</summary>
public static class MaintenanceSchedule
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>When the windows that cover a moment are over; null where none does. Windows that follow one another count as one, up to a week.</summary>
    public static DateTimeOffset? EndOf(IReadOnlyList<MaintenanceWindow> windows, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var end = at;
        while (end < at + TimeSpan.FromDays(7) && windows.Select(window => EndOf(window, end)).Max() is { } later)
            end = later;
        return end > at ? end : null;
    }

    /// <summary>The moment itself, or the end of the windows that cover it.</summary>
    public static DateTimeOffset NextOpen(IReadOnlyList<MaintenanceWindow> windows, DateTimeOffset at) => EndOf(windows, at) ?? at;

    /// <summary>What is wrong with a window; null where nothing is.</summary>
    public static string? Fault(MaintenanceWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        var isOnce = window.StartsAt is not null || window.EndsAt is not null;
        var isWeekly = window.From is not null || window.Minutes is not null || window.Days is not null || window.TimeZone is not null;
        if (isOnce == isWeekly)
            return "must have either startsAt and endsAt, or from and minutes";
        if (isOnce)
            return window is { StartsAt: { } start, EndsAt: { } end } && end > start && end - start <= TimeSpan.FromDays(7) ? null : "must end after it starts, by 7 days at most";
        if (!TimeOnly.TryParseExact(window.From, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return "from must be a time of day such as 22:30";
        if (window.Days is { } days && days.Any(day => !Enum.GetNames<DayOfWeek>().Contains(day, StringComparer.OrdinalIgnoreCase)))
            return "days must be names such as monday";
        if (window.Minutes is not (>= 1 and <= 1_440))
            return "minutes must be 1 to 1440";
        return window.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? "timeZone must be an IANA name such as Europe/Malta" : null;
    }

    private static DateTimeOffset? EndOf(MaintenanceWindow window, DateTimeOffset at)
    {
        if (window is { StartsAt: { } start, EndsAt: { } end })
            return start <= at && at < end ? end : null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(window.TimeZone ?? "UTC");
        var from = TimeOnly.ParseExact(window.From!, "HH:mm", CultureInfo.InvariantCulture);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        // One that began yesterday may still be open.
        foreach (var day in new[] { local.Date, local.Date - OneDay })
        {
            if (window.Days is { Count: > 0 } days && !days.Contains(day.DayOfWeek.ToString(), StringComparer.OrdinalIgnoreCase))
                continue;
            var begins = InstantOf(day + from.ToTimeSpan(), zone);
            var ends = begins + TimeSpan.FromMinutes(window.Minutes!.Value);
            if (begins <= at && at < ends)
                return ends.ToUniversalTime();
        }
        return null;
    }

    // A time that the clocks leave out is the moment they go forward; one that comes twice is its first.
    private static DateTimeOffset InstantOf(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
