using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Checks a chunk that is due: claims it, checks it, records what came of it with its counts, then sends what comes next.</summary>
public sealed class ChunkHandler(
    JobStore jobs, ChunkStore chunks, ChunkCheck check, ChunkDispatcher dispatcher, JobFinisher finisher, IStorage storage, ProcessIdentity process, IdSource ids, TimeProvider clock, ILogger<ChunkHandler> log)
{
    internal const int MostFailures = 5;
    private const int MostCauseCharacters = 500;

    private readonly IQueue<ChunkMessage> _poison = storage.Queue<ChunkMessage>(ChunkMessage.PoisonQueue);

    public async Task HandleAsync(ChunkMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TenantId.TryRecorded(message.TenantId, out var tenant) || !IdSource.IsWellFormed(message.JobId, "job"))
            return;
        var now = clock.GetUtcNow();
        if (await chunks.FindAsync(tenant, message.JobId, message.Chunk, cancellationToken) is not { State: ChunkState.Open } chunk || chunk.IsHeldAt(now) || chunk.ResumeAt > now)
            return; // erased, done, or another has it
        if (await chunks.TryReplaceAsync(chunk with { Owner = $"{process.Name}/{ids.NewSuffix()}", LeaseUntil = Lease<JobChunk>.Until(now) }, cancellationToken) is not { } claimed)
            return;
        // Asked after the claim: whoever cancels looks for claims after saying so, and one of us sees the other.
        if (await jobs.FindAsync(tenant, message.JobId, cancellationToken) is not { Step: JobStep.Chunks } job || job.CancelRequested)
        {
            await chunks.TryReplaceAsync(claimed with { Owner = null, LeaseUntil = null }, cancellationToken);
            await finisher.TryFinishAsync(tenant, message.JobId, cancellationToken);
            return;
        }
        await CheckAsync(tenant, job, claimed, cancellationToken);
    }

    private async Task CheckAsync(TenantId tenant, ValidationJob job, JobChunk claimed, CancellationToken cancellationToken)
    {
        var lease = new Lease<JobChunk>(claimed, (held, until) => chunks.TryReplaceAsync(held with { LeaseUntil = until }, CancellationToken.None), clock);
        ChunkPass pass;
        try
        {
            pass = await lease.WhileAsync(() => check.RunAsync(tenant, job, claimed, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.ChunkFailed(e, job.JobId, claimed.Number, claimed.Failures + 1);
            await FailAsync(lease.Held, e, cancellationToken);
            return;
        }
        if (await check.RecordAsync(tenant, job, lease.Held, pass, cancellationToken) is not { } recorded)
            return; // lost to another, whose results count
        await GoOnAsync(tenant, job, recorded, pass, cancellationToken);
    }

    private async Task GoOnAsync(TenantId tenant, ValidationJob job, JobChunk recorded, ChunkPass pass, CancellationToken cancellationToken)
    {
        if (pass.Wait is { } wait)
        {
            // The sweeper looks again: quotas reset, and operators raise them.
            await jobs.UpdateAsync(tenant, job.JobId, one => one.Waits == wait || one.IsOver ? null : one with { Waits = wait }, cancellationToken);
            await finisher.TryFinishAsync(tenant, job.JobId, cancellationToken);
            return;
        }
        if (recorded.ResumeAt is { } at)
            await dispatcher.SendAsync(tenant, job.JobId, recorded.Number, at - clock.GetUtcNow(), cancellationToken);
        if (job.Waits is not null)
            await ResumeAsync(tenant, job, cancellationToken);
        else if (recorded.Passes == 1)
            await dispatcher.SendNextAsync(tenant, job, recorded.Number, cancellationToken);
        if (recorded.State != ChunkState.Open)
            await finisher.TryFinishAsync(tenant, job.JobId, cancellationToken);
    }

    /// <summary>There is quota again: everything that stood still goes on.</summary>
    private async Task ResumeAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        await jobs.UpdateAsync(tenant, job.JobId, one => one.Waits is null ? null : one with { Waits = null }, cancellationToken);
        var all = new List<JobChunk>();
        await foreach (var chunk in chunks.ListAsync(tenant, job.JobId, 0..job.ChunkCount, cancellationToken))
            all.Add(chunk);
        foreach (var chunk in ChunkDispatcher.Due(all, clock.GetUtcNow()))
            await dispatcher.SendAsync(tenant, job.JobId, chunk.Number, TimeSpan.Zero, cancellationToken);
    }

    private async Task FailAsync(JobChunk held, Exception failure, CancellationToken cancellationToken)
    {
        var cause = $"{failure.GetType().Name}: {failure.Message}";
        var failed = held with { Owner = null, LeaseUntil = null, Failures = held.Failures + 1, Cause = cause.Length > MostCauseCharacters ? cause[..MostCauseCharacters] : cause };
        if (await chunks.TryReplaceAsync(failed, cancellationToken) is null)
            return; // lost to another
        var message = new ChunkMessage(ChunkMessage.CurrentVersion, held.Tenant.Value, held.JobId, held.Number);
        if (failed.Failures >= MostFailures)
            await _poison.SendAsync(message, TimeSpan.Zero, cancellationToken);
        else
            await dispatcher.SendAsync(held.Tenant, held.JobId, held.Number, TimeSpan.FromSeconds(Math.Pow(2, failed.Failures - 1)), cancellationToken);
    }
}
