using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>Work that failed five times is begun again later: a replay, or a retry of all dead letters, is known to nothing but its message.</summary>
public sealed class EndpointWorkPoisonQueue(EndpointWorkHandler handler, ILogger<EndpointWorkPoisonQueue> log)
{
    [Function("BeginWebhookWorkAgain")]
    public async Task RunAsync([QueueTrigger(EndpointWorkMessage.PoisonQueue)] byte[] message, CancellationToken cancellationToken)
    {
        if (await handler.BeginAgainAsync(message, cancellationToken) is { } work)
            log.WorkGivenUp(work.Kind, work.EndpointId, work.TenantId);
        else
            log.WorkUnreadable(message.Length);
    }
}
