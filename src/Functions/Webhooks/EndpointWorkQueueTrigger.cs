using Microsoft.Azure.Functions.Worker;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

/// <summary>What is to be done with many deliveries of an endpoint at once.</summary>
public sealed class EndpointWorkQueueTrigger(EndpointWorkHandler handler)
{
    [Function("DoWebhookWork")]
    public Task RunAsync([QueueTrigger(EndpointWorkMessage.Queue)] EndpointWorkMessage message, CancellationToken cancellationToken) => handler.HandleAsync(message, cancellationToken);
}
