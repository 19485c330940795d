using ProspectOps.Operations;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Quotas;
using ProspectOps.Validation.Schedules;
using ProspectOps.Webhooks;
using TenantEvent = ProspectOps.Webhooks.TenantEvent;

namespace ProspectOps.Validation.Jobs;

/// <summary>Ends a job when nothing is left of it, and tells who listens. May run twice.</summary>
public sealed class JobFinisher(JobStore jobs, ChunkStore chunks, DueStore due, EventPublisher events, QuotaService quotas, TimeProvider clock)
{
    public async Task TryFinishAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(tenant, jobId, cancellationToken) is not { } job)
            return;
        if (job.Step == JobStep.Chunks)
            job = await EndAsync(tenant, job, cancellationToken) ?? job;
        if (job.Step == JobStep.Announce)
            await AnnounceAsync(tenant, job, cancellationToken);
    }

    /// <summary>Ends a job that has come no further than its intake.</summary>
    public async Task EndIntakeAsync(TenantId tenant, string jobId, JobStatus status, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await jobs.UpdateAsync(tenant, jobId, job => job.Step == JobStep.Intake ? Ended(job, status, now) with { Error = error } : null, cancellationToken);
        await TryFinishAsync(tenant, jobId, cancellationToken);
    }

    private async Task<ValidationJob?> EndAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        var counts = await chunks.CountsAsync(tenant, job.JobId, cancellationToken);
        if (!counts.AllOver(job.ChunkCount) && !(job.CancelRequested && !await AnyHeldAsync(tenant, job, cancellationToken)))
            return null;
        await SettleAsync(tenant, job, cancellationToken);
        var now = clock.GetUtcNow();
        return await jobs.UpdateAsync(tenant, job.JobId, one => one.Step != JobStep.Chunks || one.Round != job.Round ? null : Ended(one, StatusOf(one, counts), now), cancellationToken);
    }

    private static JobStatus StatusOf(ValidationJob job, JobCounts counts) =>
        !counts.AllOver(job.ChunkCount) ? JobStatus.Canceled
        : counts.ChunksDead > 0 || job.Error is not null ? JobStatus.CompletedWithErrors
        : JobStatus.Completed;

    private static ValidationJob Ended(ValidationJob job, JobStatus status, DateTimeOffset now) =>
        job with { Status = status, Step = JobStep.Announce, FinishedAt = now, Owner = null, LeaseUntil = null, Waits = null };

    private async Task<bool> AnyHeldAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var chunk in chunks.ListAsync(tenant, job.JobId, 0..job.ChunkCount, cancellationToken))
        {
            if (chunk.State == ChunkState.Open && chunk.IsHeldAt(now))
                return true;
        }
        return false;
    }

    /// <summary>What a process that died between its results and its quota left unsettled; settling twice counts once.</summary>
    private async Task SettleAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        var subject = new QuotaSubject(tenant, job.Request.KeyId);
        if ((await quotas.StandingAsync(subject, cancellationToken)).All(standing => standing.Metric != QuotaMetric.Validation))
            return;
        await foreach (var chunk in chunks.ListAsync(tenant, job.JobId, 0..job.ChunkCount, cancellationToken))
        {
            if (chunk.Unsettled > 0)
                await quotas.SettleBatchAsync(subject, QuotaMetric.Validation, chunk.QuotaName(chunk.Passes - 1), chunk.Unsettled, cancellationToken);
        }
    }

    private async Task AnnounceAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        if (job.Status != JobStatus.Canceled)
        {
            var view = JobView.Of(job, await chunks.CountsAsync(tenant, job.JobId, cancellationToken), clock.GetUtcNow());
            var data = new { view.JobId, view.Status, view.Total, view.Done, view.Duplicates, view.ByVerdict, view.Chunks, view.FinishedAt, resultsUrl = $"/api/validation/jobs/{job.JobId}/results" };
            await events.PublishAsync(new TenantEvent(tenant, EventTypes.ValidationJobCompleted, $"{job.JobId}|{job.Round}", data), cancellationToken);
            if (job is { Status: JobStatus.CompletedWithErrors, Request.Schedule: { } schedule })
                await events.PublishAsync(ScheduleFailure.Of(tenant, schedule.ScheduleId, schedule.RunId, job.JobId, job.Error ?? $"{view.Chunks.Dead} chunks of the job are dead."), cancellationToken);
        }
        await jobs.UpdateAsync(tenant, job.JobId, one => one.Step == JobStep.Announce && one.Round == job.Round ? one with { Step = JobStep.Over } : null, cancellationToken);
        await due.RemoveAsync(JobSweeper.Kind, job.DueRow, cancellationToken);
    }
}
