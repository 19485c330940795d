using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Clay;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Clay;

/// <summary>Hurries people who came in from Clay into the pipeline.</summary>
public sealed class ClayInboundQueue(ClayIntake intake)
{
    [Function("TakeInClayRows")]
    public async Task RunAsync([QueueTrigger(ClayInboundMessage.Queue)] ClayInboundMessage message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (TenantId.TryParse(message.TenantId, out var tenant))
            await intake.RunAsync(tenant, message.CampaignId, new DurableWorkflowClient(client), cancellationToken);
    }
}
