using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>Records what will not be delivered. A poison queue has none of its own, so this reads raw bytes and never throws.</summary>
public sealed class DeadLetterQueue(DeadLetterRecorder deadLetters, ILogger<DeadLetterQueue> log)
{
    [Function("RecordDeadLetter")]
    public async Task RunAsync([QueueTrigger(DeliveryMessage.PoisonQueue)] byte[] message, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await deadLetters.RecordAsync(message, cancellationToken);
                return;
            }
            catch (Exception e) when (attempt < 5 && !cancellationToken.IsCancellationRequested)
            {
                log.DeadLetterNotYetRecorded(e, attempt);
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken);
            }
        }
    }
}
