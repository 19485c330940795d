namespace ProspectOps.Webhooks;

/// <summary>When a receiver is not to be called: once, from <see cref="StartsAt"/> to <see cref="EndsAt"/>, or every week, from <see cref="From"/> for <see cref="Minutes"/> on some days of a time zone.</summary>
/// <param name="Days">Such as <c>monday</c>; empty for every day.</param>
/// <param name="From">Time of day, <c>HH:mm</c>.</param>
/// <param name="Minutes">Length, 1 to 1,440.</param>
/// <param name="TimeZone">IANA name, such as <c>Europe/Malta</c>; UTC where it is missing.</param>
public sealed record MaintenanceWindow(
    DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null, IReadOnlyList<DayOfWeek>? Days = null, string? From = null, int? Minutes = null, string? TimeZone = null);
