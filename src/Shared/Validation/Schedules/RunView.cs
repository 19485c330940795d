using System.Text.Json.Serialization;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Validation.Schedules;

/// <summary>A run as the API shows it, with what came of it.</summary>
/// <param name="StartedAt">Later than <c>scheduledFor</c> where the installation was down then: what was missed runs once.</param>
public sealed record RunView(
    string RunId,
    RunStatus Status,
    DateTimeOffset ScheduledFor,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? JobId,
    string? ResultsUrl,
    long? Total,
    IReadOnlyDictionary<string, long>? ByVerdict,
    string? Error)
{
    internal static RunView Of(ScheduleRun run, JobView? job)
    {
        var status = job?.Status switch
        {
            JobStatus.Queued or JobStatus.Running => RunStatus.Running,
            JobStatus.Completed => RunStatus.Completed,
            JobStatus.Canceled => RunStatus.Canceled,
            _ => RunStatus.Failed,
        };
        return new RunView(
            run.RunId, status, run.ScheduledFor, run.StartedAt, job?.FinishedAt ?? (job is null ? run.StartedAt : null), run.JobId,
            job is null ? null : $"/api/validation/jobs/{job.JobId}/results", job?.Total, job?.ByVerdict, run.Error ?? job?.Error);
    }
}
