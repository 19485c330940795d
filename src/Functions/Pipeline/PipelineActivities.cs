using Microsoft.Azure.Functions.Worker;
using ProspectOps.Pipeline;
using ProspectOps.Research;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Pipeline;

/// <summary>The steps of a pipeline. Each may run twice.</summary>
public sealed class PipelineActivities(AgentService agents, IntakeStep intake, StageStep stages, ChunkStep chunks, DeliveryPlanner deliveries)
{
    [Function(nameof(BeginStage))]
    public Task<WorkflowControl> BeginStage([ActivityTrigger] StageChange change, CancellationToken cancellationToken) => stages.BeginAsync(change, cancellationToken);

    [Function(nameof(ResearchIndustry))]
    public async Task ResearchIndustry([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken) =>
        await agents.PackAsync(job.TenantId, job.Industry, cancellationToken);

    [Function(nameof(RebuildAgent))]
    public async Task RebuildAgent([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken)
    {
        var header = await stages.StateAsync(job, cancellationToken);
        await agents.BuildAsync(job.TenantId, job.Industry, header.Name, cancellationToken);
    }

    [Function(nameof(TakeIn))]
    public Task<IntakeResult> TakeIn([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken) => intake.RunAsync(job, cancellationToken);

    [Function(nameof(RunChunk))]
    public Task<ChunkOutcome> RunChunk([ActivityTrigger] ChunkWork work, CancellationToken cancellationToken) => chunks.RunAsync(work, cancellationToken);

    [Function(nameof(ReadWorkflow))]
    public async Task<WorkflowState> ReadWorkflow([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken)
    {
        var header = await stages.StateAsync(job, cancellationToken);
        return new WorkflowState(header.Control, header.Approved, header.ApprovalNote);
    }

    [Function(nameof(AwaitApproval))]
    public Task AwaitApproval([ActivityTrigger] DeliverWork work, CancellationToken cancellationToken) => stages.AwaitApprovalAsync(work, cancellationToken);

    [Function(nameof(FindListeners))]
    public Task<string[]> FindListeners([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken) => deliveries.ListenersAsync(job, EventTypes.ProspectReady, cancellationToken);

    [Function(nameof(PlanDeliveries))]
    public Task PlanDeliveries([ActivityTrigger] DeliverWork work, CancellationToken cancellationToken) => deliveries.PlanPeopleAsync(work, cancellationToken);

    [Function(nameof(AnnounceCampaign))]
    public Task<bool> AnnounceCampaign([ActivityTrigger] DeliverWork work, CancellationToken cancellationToken) => stages.AnnounceAsync(work, cancellationToken);

    [Function(nameof(CountAttemptsAhead))]
    public Task<long> CountAttemptsAhead([ActivityTrigger] PipelineJob job, CancellationToken cancellationToken) => stages.AttemptsAheadAsync(job.TenantId, job.WorkflowId, cancellationToken);

    [Function(nameof(FinishWorkflow))]
    public Task FinishWorkflow([ActivityTrigger] FinishWork work, CancellationToken cancellationToken) => stages.FinishAsync(work, cancellationToken);
}
