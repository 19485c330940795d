using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Pipeline;
using ProspectOps.Validation.Jobs;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Operations;

/// <summary>Every 10 s: work whose message was lost, or whose process died.</summary>
public sealed class SweepTimer(EventPublisher events, DeliverySweeper deliveries, JobSweeper jobs, PipelineService pipeline)
{
    [Function("Sweep")]
    public async Task RunAsync([TimerTrigger("*/10 * * * * *", UseMonitor = false)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        // Side by side: what one of them fails at keeps no other from its turn.
        await Task.WhenAll(
            events.SweepAsync(othersAreDead: false, cancellationToken),
            deliveries.SweepAsync(othersAreDead: false, cancellationToken),
            jobs.SweepAsync(othersAreDead: false, cancellationToken),
            pipeline.SweepAsync(new DurableWorkflowClient(client), othersAreDead: false, cancellationToken));
    }
}
