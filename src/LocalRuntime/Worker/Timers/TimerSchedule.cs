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
    private readonly bool _isInterval;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval, TimeZoneInfo zone, bool isInterval) =>
        (_cron, _interval, _zone, _isInterval) = (cron, interval, zone, isInterval);

    /// <exception cref="InvalidOperationException">The text is neither cron nor a positive time span.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone)
    {
        var fields = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is 5 or 6 && CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 }) is { } cron)
            return new TimerSchedule(cron, default, zone, isInterval: fields[..^3].Any(field => field.AsSpan().ContainsAny('*', '/', '-')));
        if (fields.Length == 1 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            return new TimerSchedule(null, interval, zone, isInterval: true);
        throw new InvalidOperationException($"'{text}' is no schedule: six cron fields (seconds first), five, or a time span.");
    }

    /// <summary>The first occurrence after a time. All times are UTC.</summary>
    /// <remarks>Where clocks are set back, a point in time comes once and an interval (<c>*</c>, <c>/</c> or <c>-</c> in seconds, minutes or hours) goes on.</remarks>
    public DateTime Next(DateTime after)
    {
        if (_cron is null)
            return after + _interval;
        return _isInterval ? NextOfInterval(_cron, after) : NextPoint(_cron, after);
    }

    private DateTime NextPoint(CrontabSchedule cron, DateTime after)
    {
        var next = cron.GetNextOccurrence(TimeZoneInfo.ConvertTimeFromUtc(after, _zone));
        // The hour that spring skips: an hour later by the clock is the same instant.
        if (_zone.IsInvalidTime(next))
            next = next.AddHours(1);
        return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(next, DateTimeKind.Unspecified), _zone);
    }

    /// <summary>Counts on by the offset in force; where that changes on the way, from the change by the new one.</summary>
    private DateTime NextOfInterval(CrontabSchedule cron, DateTime after)
    {
        var offset = _zone.GetUtcOffset(after);
        var next = Utc(cron.GetNextOccurrence(after + offset) - offset);
        if (_zone.GetUtcOffset(next) == offset)
            return next;
        var (before, changed) = (after, next);
        while (changed - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + ((changed - before) / 2);
            if (_zone.GetUtcOffset(middle) == offset)
                before = middle;
            else
                changed = middle;
        }
        var change = new DateTime(changed.Ticks - (changed.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        var newOffset = _zone.GetUtcOffset(next);
        return Utc(cron.GetNextOccurrence(change + newOffset - TimeSpan.FromSeconds(1)) - newOffset);
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    /// <summary>Whether it comes round too often for its occurrences to be worth remembering.</summary>
    public bool IsWithinTheMinute(DateTime now) =>
        _cron is null ? _interval < TimeSpan.FromMinutes(1) : Next(Next(now)) <= now.AddMinutes(1);
}
