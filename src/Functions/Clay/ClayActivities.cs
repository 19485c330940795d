using Microsoft.Azure.Functions.Worker;
using ProspectOps.Clay;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Clay;

/// <summary>The steps of a push. Each may run twice.</summary>
public sealed class ClayActivities(ClayPushStep push)
{
    [Function(nameof(StepClayPush))]
    public Task<ClayPushOutcome> StepClayPush([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken) => push.RunAsync(job, cancellationToken);

    [Function(nameof(FinishClayPush))]
    public Task FinishClayPush([ActivityTrigger] FinishWork work, CancellationToken cancellationToken) => push.FinishAsync(work, cancellationToken);
}
