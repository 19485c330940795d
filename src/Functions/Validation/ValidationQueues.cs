using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

/// <summary>The work of validation jobs.</summary>
public sealed class ValidationQueues(IntakeHandler intake, ChunkHandler chunks, DeadChunks dead, ILogger<ValidationQueues> log)
{
    [Function("TakeInValidationJob")]
    public Task TakeInAsync([QueueTrigger(JobMessage.Queue)] JobMessage message, CancellationToken cancellationToken) => intake.HandleAsync(message, cancellationToken);

    [Function("CheckValidationChunk")]
    public Task CheckAsync([QueueTrigger(ChunkMessage.Queue)] ChunkMessage message, CancellationToken cancellationToken) => chunks.HandleAsync(message, cancellationToken);

    /// <summary>Records what failed too often. A poison queue has none of its own, so this reads raw bytes and never throws.</summary>
    [Function("RecordDeadValidationChunk")]
    public async Task RecordDeadAsync([QueueTrigger(ChunkMessage.PoisonQueue)] byte[] message, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            try
            {
                await dead.RecordAsync(message, cancellationToken);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // The chunk stays open: the sweeper sends it again, and it fails its way here once more.
                log.DeadChunkNotYetRecorded(e, attempt);
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
            }
        }
    }
}
