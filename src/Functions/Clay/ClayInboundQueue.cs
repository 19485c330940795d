using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Clay;
using ProspectOps.Functions.Pipeline;

namespace ProspectOps.Functions.Clay;

/// <summary>Hurries people who came in from Clay into the pipeline.</summary>
public sealed class ClayInboundQueue(ClayIntake intake)
{
    [Function("TakeInClayRows")]
    public Task RunAsync([QueueTrigger(ClayInboundMessage.Queue)] ClayInboundMessage message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        intake.RunAsync(message, new DurableWorkflowClient(client), cancellationToken);
}
