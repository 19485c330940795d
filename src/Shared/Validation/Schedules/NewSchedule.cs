using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Schedules;

/// <summary>A schedule that somebody asks for.</summary>
public sealed record NewSchedule(string Name, string UploadId, Recurrence Recurrence, DedupeMethod Dedupe, bool SmtpProbe, string? Column);
