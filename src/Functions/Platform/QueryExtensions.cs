using System.Globalization;
using Microsoft.AspNetCore.Http;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Platform;

/// <summary>Reads parameters of a query.</summary>
internal static class QueryExtensions
{
    public static string? TextOf(this HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A time, or a day, which stands for its beginning in UTC; as an end it stands for its own end.</summary>
    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public static DateTimeOffset? TimeOf(this HttpRequest request, string name, bool isEnd = false)
    {
        if (request.TextOf(name) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsReasonable(day.Year))
            return new DateTimeOffset((isEnd ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        // A plus that was not escaped arrives as a space.
        return DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && IsReasonable(at.Year)
            ? at.ToUniversalTime()
            : throw new DomainException(ApiErrors.QueryInvalid(name, "must be a time such as 2026-01-31T09:00:00Z, or a day such as 2026-01-31"));
    }

    // Within these, days can be added and taken away without falling off the calendar.
    private static bool IsReasonable(int year) => year is >= 2000 and < 3000;
}
