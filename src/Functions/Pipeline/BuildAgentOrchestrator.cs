using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Pipeline;

/// <summary>Researches one industry.</summary>
public static class BuildAgentOrchestrator
{
    [Function(Orchestration.BuildAgent)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var job = context.GetInput<PipelineJob>()!;
        try
        {
            await context.CallActivityAsync<WorkflowControl>(nameof(PipelineActivities.BeginStage), new StageChange(job, Stage.Research, false), ActivityRetry.Options);
            await context.CallActivityAsync(nameof(PipelineActivities.RebuildAgent), job, ActivityRetry.Options);
            await context.CallActivityAsync(nameof(PipelineActivities.FinishWorkflow), new FinishWork(job, WorkflowStatus.Completed, null), ActivityRetry.Options);
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(
                nameof(PipelineActivities.FinishWorkflow), FinishWork.Failed(job, e.TaskName, context.CurrentUtcDateTime), ActivityRetry.Patient);
            throw;
        }
    }
}
