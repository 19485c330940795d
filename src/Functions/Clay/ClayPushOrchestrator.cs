using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.Clay;
using ProspectOps.Functions.Pipeline;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Clay;

/// <summary>Sends a campaign's people to Clay, some seconds' worth a step. It carries nothing: where it is stands in the store.</summary>
public static class ClayPushOrchestrator
{
    // Fifty thousand rows take an hour and a half: history stays short all the same.
    private const int StepsInGeneration = 50;

    // A signal that died with its process costs no more than this.
    private static readonly TimeSpan LostSignal = TimeSpan.FromHours(1);

    [Function(Orchestration.ClayPush)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var job = context.GetInput<PipelineJob>()!;
        var signal = new WorkflowSignal(context);
        try
        {
            for (var step = 0; step < StepsInGeneration; step++)
            {
                if (await StepAsync(context, job, signal) is not { } end)
                    continue;
                await context.CallActivityAsync(nameof(ClayActivities.FinishClayPush), end, ActivityRetry.Patient);
                return;
            }
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(nameof(ClayActivities.FinishClayPush), FinishWork.Failed(job, e.TaskName, context.CurrentUtcDateTime), ActivityRetry.Patient);
            throw;
        }
        context.ContinueAsNew(job);
    }

    /// <returns>How it ends; null where it goes on.</returns>
    private static async Task<FinishWork?> StepAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal)
    {
        var outcome = await context.CallActivityAsync<ClayPushOutcome>(nameof(ClayActivities.StepClayPush), job, ActivityRetry.Options);
        switch (outcome.State)
        {
            case ClayPushState.Done:
                return new FinishWork(job, WorkflowStatus.Completed, null);
            case ClayPushState.Refused:
                return new FinishWork(job, WorkflowStatus.Failed, outcome.Error);
            case ClayPushState.Stopped:
                var state = await context.CallActivityAsync<WorkflowState>(nameof(PipelineActivities.ReadWorkflow), job, ActivityRetry.Options);
                if (state.Control == WorkflowControl.Cancel)
                    return new FinishWork(job, WorkflowStatus.Canceled, null);
                if (state.Control == WorkflowControl.Suspend)
                    await signal.WaitAsync(LostSignal);
                return null;
            default:
                if (outcome.WaitSeconds > 0)
                    await signal.WaitAsync(TimeSpan.FromSeconds(outcome.WaitSeconds));
                return null;
        }
    }
}
