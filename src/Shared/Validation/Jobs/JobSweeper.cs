using Microsoft.Extensions.Logging;
using ProspectOps.Operations;
using ProspectOps.Platform.Hosting;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Looks after each job that is not over: sends fresh messages where nobody is at work on it, because its messages are lost or lie hidden with a process that died.</summary>
/// <remarks>One reminder a job. Where any of its chunks is held, the job lives, and the reminder only moves on; what is lost of it is found when that has ended.</remarks>
public sealed class JobSweeper(JobStore jobs, ChunkStore chunks, ChunkDispatcher dispatcher, JobFinisher finisher, DueStore due, ProcessIdentity process, TimeProvider clock, ILogger<JobSweeper> log)
{
    public const string Kind = "validation-jobs";

    /// <summary>What the creator of a job is given to send its message.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(25);
    private const int MostDoublings = 4;

    /// <param name="othersAreDead">Whether no other process can be at work, so that its leases do not count.</param>
    /// <returns>Jobs that messages were sent for.</returns>
    public async Task<int> SweepAsync(bool othersAreDead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sent = 0;
        try
        {
            await due.ForEachAsync(
                Kind, othersAreDead ? now + TimeSpan.FromHours(1) : now, async item => sent += await RemindAsync(item, othersAreDead, now, cancellationToken) ? 1 : 0, cancellationToken);
        }
        finally
        {
            if (sent > 0)
                log.JobsSentAgain(sent);
        }
        return sent;
    }

    private async Task<bool> RemindAsync(DueItem item, bool othersAreDead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var job = await jobs.FindAsync(item.Tenant, item.Id, cancellationToken);
        if (job is null)
        {
            // A reminder comes before its job; one that stays alone for ten minutes was left by a crash.
            if (item.At < now - TimeSpan.FromMinutes(10))
                await due.RemoveAsync(Kind, item.Row, cancellationToken);
            return false;
        }
        if (job.DueRow != item.Row || job.Step == JobStep.Over)
        {
            await due.RemoveAsync(Kind, item.Row, cancellationToken);
            return false;
        }
        var acted = job.Step switch
        {
            JobStep.Intake => await WakeIntakeAsync(item.Tenant, job, othersAreDead, now, cancellationToken),
            JobStep.Chunks => await WakeChunksAsync(item.Tenant, job, othersAreDead, now, cancellationToken),
            _ => await FinishAsync(item.Tenant, job, cancellationToken),
        };
        await MoveOnAsync(item, job, acted, now, cancellationToken);
        return acted;
    }

    private async Task<bool> FinishAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        await finisher.TryFinishAsync(tenant, job.JobId, cancellationToken);
        return false;
    }

    private async Task<bool> WakeIntakeAsync(TenantId tenant, ValidationJob job, bool othersAreDead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job.LeaseUntil > now)
        {
            if (!othersAreDead || IsOurs(job.Owner))
                return false;
            await jobs.UpdateAsync(tenant, job.JobId, one => one.Owner == job.Owner ? one with { Owner = null, LeaseUntil = null } : null, cancellationToken);
        }
        await dispatcher.SendJobAsync(tenant, job.JobId, TimeSpan.Zero, cancellationToken);
        return true;
    }

    private async Task<bool> WakeChunksAsync(TenantId tenant, ValidationJob job, bool othersAreDead, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var all = new List<JobChunk>(job.ChunkCount);
        await foreach (var chunk in chunks.ListAsync(tenant, job.JobId, 0..job.ChunkCount, cancellationToken))
            all.Add(await FreedAsync(chunk, othersAreDead, now, cancellationToken));
        if (all.TrueForAll(chunk => chunk.State != ChunkState.Open) || job.CancelRequested)
            return await FinishAsync(tenant, job, cancellationToken);
        if (all.Exists(chunk => chunk.State == ChunkState.Open && chunk.IsHeldAt(now)) && !othersAreDead)
            return false;
        var waiting = ChunkDispatcher.Due(all, now);
        // Where a quota is used up, one chunk finds out whether it still is.
        foreach (var chunk in job.Waits is null ? waiting : waiting.Take(1))
            await dispatcher.SendAsync(tenant, job.JobId, chunk.Number, TimeSpan.Zero, cancellationToken);
        return waiting.Count > 0;
    }

    private async Task<JobChunk> FreedAsync(JobChunk chunk, bool othersAreDead, DateTimeOffset now, CancellationToken cancellationToken) =>
        othersAreDead && chunk.IsHeldAt(now) && !IsOurs(chunk.Owner)
            ? await chunks.TryReplaceAsync(chunk with { Owner = null, LeaseUntil = null }, cancellationToken) ?? chunk
            : chunk;

    private async Task MoveOnAsync(DueItem item, ValidationJob job, bool acted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A job that waits its turn in a long queue is not sent again and again.
        var stalled = acted && job.Waits is null ? job.Stalled + 1 : 0;
        var next = DueStore.RowOf(now + AskAgainAfter * (1 << Math.Min(stalled, MostDoublings)), item.Tenant, item.Id);
        await due.AddAsync(Kind, next, cancellationToken);
        var moved = await jobs.UpdateAsync(item.Tenant, job.JobId, one => one.DueRow == item.Row && one.Step != JobStep.Over ? one with { DueRow = next, Stalled = stalled } : null, cancellationToken);
        await due.RemoveAsync(Kind, moved?.DueRow == next ? item.Row : next, cancellationToken);
    }

    private bool IsOurs(string? owner) => owner is not null && owner.StartsWith(process.Name, StringComparison.Ordinal);
}
