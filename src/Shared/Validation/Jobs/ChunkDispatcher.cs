using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Sends a job's chunks: 16 of them at a time, so that queues stay shallow and a small job does not wait behind a large one.</summary>
/// <remarks>Chunk n sends chunk n + 16 when it is through, so that nobody has to remember how far the job has come.</remarks>
public sealed class ChunkDispatcher(IStorage storage)
{
    internal const int Window = 16;

    private readonly IQueue<JobMessage> _jobs = storage.Queue<JobMessage>(JobMessage.Queue);
    private readonly IQueue<ChunkMessage> _chunks = storage.Queue<ChunkMessage>(ChunkMessage.Queue);

    public Task SendJobAsync(TenantId tenant, string jobId, TimeSpan delay, CancellationToken cancellationToken) =>
        _jobs.SendAsync(new JobMessage(JobMessage.CurrentVersion, tenant.Value, jobId), delay, cancellationToken);

    public Task SendAsync(TenantId tenant, string jobId, int chunk, TimeSpan delay, CancellationToken cancellationToken) =>
        _chunks.SendAsync(new ChunkMessage(ChunkMessage.CurrentVersion, tenant.Value, jobId, chunk), delay, cancellationToken);

    public async Task SendFirstAsync(TenantId tenant, ValidationJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        for (var chunk = 0; chunk < Math.Min(Window, job.ChunkCount); chunk++)
            await SendAsync(tenant, job.JobId, chunk, TimeSpan.Zero, cancellationToken);
    }

    public Task SendNextAsync(TenantId tenant, ValidationJob job, int chunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return chunk + Window < job.ChunkCount ? SendAsync(tenant, job.JobId, chunk + Window, TimeSpan.Zero, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Of all of a job's chunks those whose turn has come and that nobody has.</summary>
    internal static IReadOnlyList<JobChunk> Due(IReadOnlyList<JobChunk> chunks, DateTimeOffset now) =>
    [
        .. chunks.Where(chunk => chunk.State == ChunkState.Open && !chunk.IsHeldAt(now) && !(chunk.ResumeAt > now)
            && (chunk.Number < Window || chunks[chunk.Number - Window] is { State: not ChunkState.Open } or { Passes: > 0 })),
    ];
}
