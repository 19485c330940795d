using System.Globalization;
using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation.Jobs;
using ProspectOps.Validation.Schedules;

namespace ProspectOps.Functions.Validation;

/// <summary>The schedule that a request asks for.</summary>
internal static class RequestedSchedule
{
    private const int MostNameCharacters = 200;

    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public static NewSchedule Require(ScheduleBody body)
    {
        var errors = new FieldErrors();
        errors.Require(body.Name is { Length: > 0 and <= MostNameCharacters }, "name", $"must be 1 to {MostNameCharacters} characters");
        errors.Require(body.UploadId is { Length: > 0 }, "uploadId", "must be given");
        errors.Require(body.Cadence is not null, "cadence", "must be daily, weekly or monthly");
        var isTime = TimeOnly.TryParseExact(body.At, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at);
        errors.Require(isTime, "at", "must be a local time such as 07:30");
        errors.Require(body.TimeZone is { Length: > 0 }, "timeZone", "must be an IANA time zone, such as Europe/Paris");
        DayOfWeek? day = null;
        if (body.DayOfWeek is { ValueKind: not JsonValueKind.Null } given && (day = DayOf(given)) is null)
            errors.Add("dayOfWeek", "must be monday to sunday, or 1 for Monday to 7 for Sunday");
        errors.ThrowIfAny();

        var recurrence = new Recurrence(body.Cadence!.Value, day, body.DayOfMonth, at, body.TimeZone!);
        recurrence.Check(errors);
        errors.ThrowIfAny();
        return new NewSchedule(body.Name!, body.UploadId!, recurrence, body.Dedupe ?? DedupeMethod.Canonical, body.SmtpProbe ?? false, body.Column);
    }

    private static DayOfWeek? DayOf(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.Number => given.TryGetInt32(out var number) && number is >= 0 and <= 7 ? (DayOfWeek)(number % 7) : null,
        JsonValueKind.String => Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(day => IsNamed(day!.Value, given.GetString()!)),
        _ => null,
    };

    private static bool IsNamed(DayOfWeek day, string name) =>
        name.Equals(day.ToString(), StringComparison.OrdinalIgnoreCase) || name.Equals(day.ToString()[..3], StringComparison.OrdinalIgnoreCase);
}
