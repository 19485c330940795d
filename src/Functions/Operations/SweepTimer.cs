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
        // One behind the other: so quiet kinds share a read.
        Func<Task>[] sweeps =
        [
            () => events.SweepAsync(othersAreDead: false, cancellationToken),
            () => deliveries.SweepAsync(othersAreDead: false, cancellationToken),
            () => jobs.SweepAsync(othersAreDead: false, cancellationToken),
            () => pipeline.SweepAsync(new DurableWorkflowClient(client), othersAreDead: false, cancellationToken),
        ];
        var failed = new List<Exception>();
        foreach (var sweep in sweeps)
        {
            try
            {
                await sweep();
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // The edge of the trigger: what one fails at keeps no other from its turn.
                failed.Add(e);
            }
        }
        if (failed.Count > 0)
            throw new AggregateException(failed);
    }
}
