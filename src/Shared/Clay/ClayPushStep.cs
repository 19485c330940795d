using ProspectOps.Pipeline;

namespace ProspectOps.Clay;

/// <summary>The steps of a push; all that it is stands in the store, so that any process may take the next one.</summary>
public sealed class ClayPushStep(ClayQueueStore queue, PushPreparation preparation, PushSending sending, WorkflowStore workflows, WorkflowControls controls, StageStep stages, TimeProvider clock)
{
    /// <summary>Does what comes next: finds a page of people, or sends for some seconds.</summary>
    public async Task<ClayPushOutcome> RunAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var push = await queue.GetAsync(job.TenantId, job.WorkflowId, cancellationToken);
        if (push.Cursor is null)
            return await sending.RunAsync(job, cancellationToken);
        if (!await controls.MayRunAsync(job, cancellationToken))
            return new ClayPushOutcome(ClayPushState.Stopped);
        if (push.Cursor.Length == 0)
            await BeginAsync(job, cancellationToken);
        await preparation.PageAsync(job, push, cancellationToken);
        return new ClayPushOutcome(ClayPushState.More);
    }

    /// <summary>Ends it. What was not sent is free for the next push; the campaign is as it was.</summary>
    public async Task FinishAsync(FinishWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await sending.ReleaseAsync(work.Job, cancellationToken);
        await stages.FinishAsync(work with { Job = work.Job with { CampaignId = "" } }, cancellationToken);
    }

    private async Task BeginAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await workflows.UpdateAsync(job.TenantId, job.WorkflowId, header => header.Status != WorkflowStatus.Pending ? null
            : header.WithStage(Stage.Validate, stage => stage with { Status = StageStatus.Running, StartedAt = now }) with { Status = WorkflowStatus.Running }, cancellationToken);
    }
}
