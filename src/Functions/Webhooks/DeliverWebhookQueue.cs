using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Pipeline;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

public sealed class DeliverWebhookQueue(DeliverBatchHandler handler, StageStep stages)
{
    [Function("DeliverWebhook")]
    public async Task RunAsync([QueueTrigger(DeliveryMessage.Queue)] DeliveryMessage message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await handler.HandleAsync(message, cancellationToken) is not { } waiting)
            return;
        if (await stages.AttemptsAheadAsync(waiting.Tenant, waiting.WorkflowId, cancellationToken) == 0)
            await new DurableWorkflowClient(client).SignalAsync(PipelineJob.InstanceId(waiting.Tenant, waiting.WorkflowId), Orchestration.Signal, cancellationToken);
    }
}
