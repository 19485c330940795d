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
        if (await chunks.FindAsync(tenant, message.JobId, message.Chunk, cancellationToken) is not { } chunk)
            return; // erased
        if (chunk.State != ChunkState.Open)
        {
            // Its message is here again because something failed after it was recorded.
            await finisher.TryFinishAsync(tenant, message.JobId, cancellationToken);
            return;
        }
        if (chunk.IsHeldAt(now) || chunk.ResumeAt > now)
            return; // another has it, or will
        if (await chunks.TryHoldAsync(chunk with { Owner = $"{process.Name}/{ids.NewSuffix()}", LeaseUntil = Lease<JobChunk>.Until(now) }, cancellationToken) is not { } claimed)
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
        var lease = new Lease<JobChunk>(claimed, (held, until) => chunks.TryHoldAsync(held with { LeaseUntil = until }, CancellationToken.None), clock, log);
        ChunkPass pass;
        JobChunk? recorded;
        try
        {
            pass = await lease.WhileAsync(token => check.RunAsync(tenant, job, claimed, token), cancellationToken);
            await SendAheadAsync(tenant, job, claimed, pass, cancellationToken);
            recorded = await check.RecordAsync(tenant, job, lease.Held, pass, cancellationToken);
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            return; // to another, or erased
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.ChunkFailed(e, job.JobId, claimed.Number, claimed.Failures + 1);
            if (!await TryFailAsync(lease.Held, e, cancellationToken))
                throw; // it is recorded, or another's: the message comes again and finds which
            return;
        }
        if (recorded is not null)
            await GoOnAsync(tenant, job, recorded, pass, cancellationToken); // else lost to another, whose results count
    }

    /// <summary>Sends what comes next before the chunk is recorded: once it is, nobody comes back to it but the sweeper, which waits for all that is at work.</summary>
    private async Task SendAheadAsync(TenantId tenant, ValidationJob job, JobChunk claimed, ChunkPass pass, CancellationToken cancellationToken)
    {
        if (pass.Wait is not null)
            return;
        if (pass.ResumeAt is { } at)
            await dispatcher.SendAsync(tenant, job.JobId, claimed.Number, at - clock.GetUtcNow(), cancellationToken);
        if (job.Waits is null && claimed.Passes == 0)
            await dispatcher.SendNextAsync(tenant, job, claimed.Number, cancellationToken);
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
        if (job.Waits is not null)
            await ResumeAsync(tenant, job, cancellationToken);
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

    /// <returns>False where the chunk is not ours any more.</returns>
    private async Task<bool> TryFailAsync(JobChunk held, Exception failure, CancellationToken cancellationToken)
    {
        var cause = $"{failure.GetType().Name}: {failure.Message}";
        var failed = held with { Owner = null, LeaseUntil = null, Failures = held.Failures + 1, Cause = cause.Length > MostCauseCharacters ? cause[..MostCauseCharacters] : cause };
        if (await chunks.TryReplaceAsync(failed, cancellationToken) is null)
            return false;
        var message = new ChunkMessage(ChunkMessage.CurrentVersion, held.Tenant.Value, held.JobId, held.Number);
        if (failed.Failures >= MostFailures)
            await _poison.SendAsync(message, TimeSpan.Zero, cancellationToken);
        else
            await dispatcher.SendAsync(held.Tenant, held.JobId, held.Number, TimeSpan.FromSeconds(Math.Pow(2, failed.Failures - 1)), cancellationToken);
        return true;
    }
}
