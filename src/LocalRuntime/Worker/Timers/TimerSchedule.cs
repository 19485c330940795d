using System.Globalization;
using NCrontab;

namespace ProspectOps.LocalRuntime.Worker.Timers;

/// <summary>When a timer is due: a cron expression in a time zone, or a fixed interval.</summary>
internal sealed class TimerSchedule
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly CrontabSchedule? _cron;
    private readonly TimeSpan _interval;
    private readonly TimeZoneInfo _zone;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval, TimeZoneInfo zone) => (_cron, _interval, _zone) = (cron, interval, zone);

    /// <exception cref="InvalidOperationException">The text is neither cron nor a positive time span.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone)
    {
        var fields = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is 5 or 6 && CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 }) is { } cron)
            return new TimerSchedule(cron, default, zone);
        if (fields == 1 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            return new TimerSchedule(null, interval, zone);
        throw new InvalidOperationException($"'{text}' is no schedule: six cron fields (seconds first), five, or a time span.");
    }

    /// <summary>The first occurrence after a time. All times are UTC.</summary>
    public DateTime Next(DateTime after)
    {
        if (_cron is null)
            return after + _interval;
        var next = _cron.GetNextOccurrence(TimeZoneInfo.ConvertTimeFromUtc(after, _zone));
        // The hour that spring skips: an hour later by the clock is the same instant.
        if (_zone.IsInvalidTime(next))
            next = next.AddHours(1);
        return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(next, DateTimeKind.Unspecified), _zone);
    }

    /// <summary>Whether it comes round too often for its occurrences to be worth remembering.</summary>
    public bool IsWithinTheMinute(DateTime now) =>
        _cron is null ? _interval < TimeSpan.FromMinutes(1) : Next(Next(now)) <= now.AddMinutes(1);
}
