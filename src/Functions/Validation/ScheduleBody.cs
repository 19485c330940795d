using System.Text.Json;
using ProspectOps.Validation.Jobs;
using ProspectOps.Validation.Schedules;

namespace ProspectOps.Functions.Validation;

/// <param name="DayOfWeek">A name such as <c>monday</c>, or 1 for Monday to 7 for Sunday.</param>
/// <param name="At">Local time, <c>HH:mm</c>.</param>
public sealed record ScheduleBody(
    string? Name, string? UploadId, Cadence? Cadence, JsonElement? DayOfWeek, int? DayOfMonth, string? At, string? TimeZone, DedupeMethod? Dedupe, bool? SmtpProbe, string? Column);
