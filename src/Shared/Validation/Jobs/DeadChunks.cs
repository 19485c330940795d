using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Jobs;

/// <summary>Records chunks that failed too often.</summary>
public sealed class DeadChunks(JobStore jobs, ChunkStore chunks, ChunkDispatcher dispatcher, JobFinisher finisher, TimeProvider clock, ILogger<DeadChunks> log)
{
    /// <summary>Records a message of the poison queue, whatever it holds; the same one twice is one dead chunk.</summary>
    public async Task RecordAsync(byte[] raw, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(raw);
        if (!TryRead(raw, out var message, out var tenant))
        {
            log.PoisonUnreadable(raw.Length);
            return;
        }
        if (await jobs.FindAsync(tenant, message.JobId, cancellationToken) is not { } job
            || await chunks.FindAsync(tenant, message.JobId, message.Chunk, cancellationToken) is not { } chunk
            || (chunk.State == ChunkState.Open && chunk.IsHeldAt(clock.GetUtcNow())))
            return; // erased, or at work after all
        if (chunk.State == ChunkState.Open)
        {
            var cause = chunk.Cause ?? "Its process ended each time that it was checked.";
            // What comes next is sent first: of one that is dead already only the job's end is looked after.
            await dispatcher.SendNextAsync(tenant, job, message.Chunk, cancellationToken);
            if (!await chunks.GiveUpAsync(chunk, cause, cancellationToken))
                return;
            log.ChunkDied(message.JobId, message.Chunk, cause);
        }
        await finisher.TryFinishAsync(tenant, message.JobId, cancellationToken);
    }

    private static bool TryRead(byte[] raw, out ChunkMessage message, out TenantId tenant)
    {
        message = null!;
        tenant = default;
        try
        {
            message = JsonSerializer.Deserialize<ChunkMessage>(raw, JsonDefaults.Options)!;
        }
        catch (JsonException)
        {
            return false;
        }
        return message is { Chunk: >= 0 } && IdSource.IsWellFormed(message.JobId, "job") && TenantId.TryRecorded(message.TenantId, out tenant);
    }
}
