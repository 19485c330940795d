using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProspectOps.Functions.Operations;

/// <summary>Once a day: ended orchestrations of long ago are forgotten. What people see of a workflow is kept elsewhere.</summary>
public sealed class PurgeTimer(IOptions<OperationsOptions> options, TimeProvider time, ILogger<PurgeTimer> log)
{
    // What is left then is for the next day: a run must end well before functionTimeout.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    [Function("Purge")]
    public async Task RunAsync([TimerTrigger("0 15 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestRun);
        var filter = new PurgeInstancesFilter(CreatedTo: time.GetUtcNow().AddDays(-options.Value.PurgeAfterDays), Statuses: Ended);
        try
        {
            var result = await client.PurgeAllInstancesAsync(filter, limit.Token);
            log.Purged(result.PurgedInstanceCount, options.Value.PurgeAfterDays);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.PurgeUnfinished(LongestRun.TotalMinutes);
        }
    }
}
