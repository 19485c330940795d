using ProspectOps.Operations;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Starts jobs, shows them, and obeys what people ask of them.</summary>
public sealed class JobService(JobStore jobs, ChunkStore chunks, JobInputStore inputs, ChunkDispatcher dispatcher, JobFinisher finisher, DueStore due, TimeProvider clock)
{
    private const int MostDeadShown = 100;
    private const int MostRevived = 90;

    /// <summary>Starts a job. Its id derives from <paramref name="seed"/>: the same twice is one job.</summary>
    /// <exception cref="DomainException"><c>upload_not_found</c>, <c>csv_…</c>: there is nothing to read.</exception>
    public async Task<string> StartAsync(TenantId tenant, JobRequest request, string seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Source.Kind == JobSource.Upload)
            await inputs.RequireRowsAsync(tenant, request.Source, request.Column, cancellationToken);
        var now = clock.GetUtcNow();
        var jobId = $"job_{seed}";
        // The reminder comes first: what is written down is done, though we die before the next line.
        var dueRow = DueStore.RowOf(now + JobSweeper.Grace, tenant, jobId);
        await due.AddAsync(JobSweeper.Kind, dueRow, cancellationToken);
        if (!await jobs.AddAsync(tenant, new ValidationJob { JobId = jobId, Request = request, CreatedAt = now, DueRow = dueRow }, cancellationToken))
            await due.RemoveAsync(JobSweeper.Kind, dueRow, cancellationToken);
        await dispatcher.SendJobAsync(tenant, jobId, TimeSpan.Zero, cancellationToken);
        return jobId;
    }

    /// <exception cref="DomainException"><c>job_not_found</c>.</exception>
    public async Task<JobView> GetAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        var view = await ViewAsync(tenant, await RequireAsync(tenant, jobId, cancellationToken), cancellationToken);
        return view.Chunks.Dead == 0 ? view : view with { DeadChunks = await DeadAsync(tenant, jobId, (int)view.Chunks.Total, cancellationToken) };
    }

    /// <summary>Null where there is none.</summary>
    public async Task<JobView?> FindAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        await jobs.FindAsync(tenant, jobId, cancellationToken) is { } job ? await ViewAsync(tenant, job, cancellationToken) : null;

    /// <summary>Newest first, with the id to go on from.</summary>
    public async Task<(IReadOnlyList<JobView> Items, string? Next)> ListAsync(TenantId tenant, JobStatus? status, string after, int limit, CancellationToken cancellationToken)
    {
        var page = new List<ValidationJob>(limit);
        await foreach (var job in jobs.ListAsync(tenant, after, limit + 1, cancellationToken))
        {
            if (status is { } wanted && job.Status != wanted)
                continue;
            if (page.Count == limit)
                return (await ViewsAsync(tenant, page, cancellationToken), page[^1].JobId);
            page.Add(job);
        }
        return (await ViewsAsync(tenant, page, cancellationToken), null);
    }

    /// <exception cref="DomainException"><c>job_not_found</c>.</exception>
    public async Task<ValidationJob> RequireAsync(TenantId tenant, string jobId, CancellationToken cancellationToken) =>
        await jobs.FindAsync(tenant, jobId, cancellationToken) ?? throw new DomainException(JobErrors.NotFound);

    /// <summary>Stops it after the chunks in flight.</summary>
    /// <exception cref="DomainException"><c>job_not_found</c>, <c>job_finished</c>.</exception>
    public async Task CancelAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        var job = await jobs.UpdateAsync(tenant, jobId, one => one.IsOver ? null : one with { CancelRequested = true }, cancellationToken) ?? throw new DomainException(JobErrors.NotFound);
        if (job.IsOver && !job.CancelRequested)
            throw new DomainException(JobErrors.Finished);
        if (job is { Step: JobStep.Intake } && !(job.LeaseUntil > clock.GetUtcNow()))
            await finisher.EndIntakeAsync(tenant, jobId, JobStatus.Canceled, null, cancellationToken);
        else
            await finisher.TryFinishAsync(tenant, jobId, cancellationToken);
    }

    /// <summary>Runs dead chunks again, and only those.</summary>
    /// <exception cref="DomainException"><c>job_not_found</c>, <c>no_dead_chunks</c>.</exception>
    public async Task RetryAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        var job = await RequireAsync(tenant, jobId, cancellationToken);
        var dead = new List<JobChunk>();
        await foreach (var chunk in chunks.ListAsync(tenant, jobId, 0..job.ChunkCount, cancellationToken))
        {
            if (chunk.State == ChunkState.Dead)
                dead.Add(chunk);
        }
        if (dead.Count == 0)
            throw new DomainException(JobErrors.NothingDead);
        // The job is opened before its chunks: one that is open with nothing open in it ends by itself.
        await OpenAsync(tenant, jobId, cancellationToken);
        foreach (var part in dead.Chunk(MostRevived))
            await chunks.ReviveAsync(part, cancellationToken); // false where somebody else did
        // And after them: whoever counted before they were opened is about to end the round that it read.
        await OpenAsync(tenant, jobId, cancellationToken);
        foreach (var chunk in dead)
            await dispatcher.SendAsync(tenant, jobId, chunk.Number, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Begins another round of a job, over or not.</summary>
    private async Task OpenAsync(TenantId tenant, string jobId, CancellationToken cancellationToken)
    {
        var dueRow = DueStore.RowOf(clock.GetUtcNow() + JobSweeper.Grace, tenant, jobId);
        await due.AddAsync(JobSweeper.Kind, dueRow, cancellationToken);
        var opened = await jobs.UpdateAsync(tenant, jobId, one => (one.IsOver ? Reopened(one) with { DueRow = dueRow } : one) with { Round = one.Round + 1 }, cancellationToken);
        if (opened?.DueRow != dueRow)
            await due.RemoveAsync(JobSweeper.Kind, dueRow, cancellationToken);
    }

    private static ValidationJob Reopened(ValidationJob job) => job with { Status = JobStatus.Running, Step = JobStep.Chunks, FinishedAt = null, CancelRequested = false };

    private async Task<JobView> ViewAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken) =>
        JobView.Of(job, await chunks.CountsAsync(tenant, job.JobId, cancellationToken), clock.GetUtcNow());

    private async Task<IReadOnlyList<JobView>> ViewsAsync(TenantId tenant, List<ValidationJob> page, CancellationToken cancellationToken) =>
        await Task.WhenAll(page.Select(job => ViewAsync(tenant, job, cancellationToken)));

    private async Task<IReadOnlyList<DeadChunk>> DeadAsync(TenantId tenant, string jobId, int chunkCount, CancellationToken cancellationToken)
    {
        var dead = new List<DeadChunk>();
        await foreach (var chunk in chunks.ListAsync(tenant, jobId, 0..chunkCount, cancellationToken))
        {
            if (chunk.State == ChunkState.Dead)
                dead.Add(new DeadChunk(chunk.Number, chunk.Rows, chunk.Failures, chunk.Cause));
            if (dead.Count == MostDeadShown)
                break;
        }
        return dead;
    }
}
