using ProspectOps.Campaigns;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Pipeline;

/// <summary>Moves a workflow's header from stage to stage and to its end. Each may run twice.</summary>
public sealed class StageStep(WorkflowStore workflows, CampaignStore campaigns, CampaignProspectStore people, DeliveryPlanner deliveries, TimeProvider clock)
{
    // Beyond the sixteen partitions of people: what is about the campaign itself.
    private const int CampaignShard = ProspectShard.Count;

    /// <summary>Ends the stage before and begins the one named, or passes it over.</summary>
    public async Task<WorkflowControl> BeginAsync(StageChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var job = change.Job;
        var read = await workflows.ReadAsync(job.TenantId, job.WorkflowId, cancellationToken) ?? throw new InvalidOperationException("The workflow is gone.");
        var total = TotalOf(change.Stage, read.Header, new CounterSums(read.Counters));
        var header = await workflows.UpdateAsync(job.TenantId, job.WorkflowId, header => Begun(header, change, total), cancellationToken);
        return header!.Control;
    }

    /// <summary>What was asked of the workflow meanwhile, and whether it was approved.</summary>
    public async Task<WorkflowHeader> StateAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return await workflows.FindAsync(job.TenantId, job.WorkflowId, cancellationToken) ?? throw new InvalidOperationException("The workflow is gone.");
    }

    /// <summary>Says that it waits for a person, to whoever listens too.</summary>
    public async Task AwaitApprovalAsync(DeliverWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var job = work.Job;
        await workflows.UpdateAsync(job.TenantId, job.WorkflowId, header => IsApproving(header) ? header with { Status = WorkflowStatus.AwaitingApproval } : null, cancellationToken);
        await deliveries.PlanOneAsync(
            job, EventTypes.WorkflowAwaitingApproval, new { job.WorkflowId, job.CampaignId }, CampaignShard, 1, work.At, cancellationToken);
    }

    /// <summary>Plans the campaign's own last event; its counts are those of now.</summary>
    public async Task<bool> AnnounceAsync(DeliverWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var job = work.Job;
        if (job.Joins)
            return false; // the campaign was completed before, and goes on
        var campaign = await campaigns.FindAsync(job.TenantId, job.CampaignId, cancellationToken) ?? throw new InvalidOperationException("The campaign is gone.");
        var counts = await people.CountsAsync(job.TenantId, job.CampaignId, cancellationToken);
        return await deliveries.PlanOneAsync(
            job, EventTypes.CampaignCompleted, new { job.WorkflowId, campaign.CampaignId, campaign.Name, campaign.Industry, counts }, CampaignShard, 2, work.At, cancellationToken);
    }

    /// <summary>How many first attempts are still to come, of people's events and the campaign's own.</summary>
    public async Task<long> AttemptsAheadAsync(TenantId tenant, string workflowId, CancellationToken cancellationToken)
    {
        var read = await workflows.ReadAsync(tenant, workflowId, cancellationToken) ?? throw new InvalidOperationException("The workflow is gone.");
        var sums = new CounterSums(read.Counters);
        return sums[Stage.Deliver, "Events"] - sums[Stage.Deliver, "Attempted"] + sums[Stage.Deliver, "OwnEvents"] - sums[Stage.Deliver, "OwnAttempted"];
    }

    public async Task FinishAsync(FinishWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var job = work.Job;
        var now = clock.GetUtcNow();
        // The campaign first: whoever sees that the workflow has ended finds its campaign ended, too.
        var told = await EndCampaignAsync(work, await workflows.FindAsync(job.TenantId, job.WorkflowId, cancellationToken), null, now, cancellationToken);
        var ended = await workflows.UpdateAsync(job.TenantId, job.WorkflowId, header => header.IsFinished ? null : Ended(header, work, now), cancellationToken);
        // It may have been canceled in between.
        await EndCampaignAsync(work, ended, told, now, cancellationToken);
        // Told last: whatever stands in the way of telling must not keep a failure from being seen.
        if (work.Status == WorkflowStatus.Failed && job.CampaignId.Length > 0 && !job.Joins)
            await deliveries.PlanOneAsync(
                job, EventTypes.CampaignFailed, new { job.WorkflowId, job.CampaignId, work.Error }, CampaignShard, 3, work.At ?? now, cancellationToken);
    }

    /// <param name="told">What the campaign was told before.</param>
    private async Task<WorkflowStatus?> EndCampaignAsync(FinishWork work, WorkflowHeader? header, WorkflowStatus? told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (work.Job.CampaignId.Length == 0 || header is null)
            return told;
        var status = (header.IsFinished ? header : Ended(header, work, now)).Status;
        if (status != told)
            await campaigns.SetStatusAsync(work.Job.TenantId, work.Job.CampaignId, StatusOf(status), cancellationToken);
        return status;
    }

    private static bool IsApproving(WorkflowHeader header) =>
        !header.IsFinished && header.Stages.Any(stage => stage is { Name: Stage.Approve, Status: StageStatus.Running });

    private WorkflowHeader? Begun(WorkflowHeader header, StageChange change, long total)
    {
        if (header.IsFinished || header.Stages.Single(stage => stage.Name == change.Stage).Status != StageStatus.Pending)
            return null; // it ran before
        var now = clock.GetUtcNow();
        var stages = header.Stages.Select(stage =>
            stage.Status == StageStatus.Running ? stage with { Status = StageStatus.Done, FinishedAt = now }
            : stage.Name != change.Stage ? stage
            : change.Skip ? stage with { Status = StageStatus.Skipped }
            : stage with { Status = StageStatus.Running, StartedAt = now, Total = total });
        return header with { Status = WorkflowStatus.Running, Stages = [.. stages] };
    }

    private static long TotalOf(string stage, WorkflowHeader header, CounterSums sums)
    {
        var unique = header.Intake?.Unique ?? 0;
        return stage switch
        {
            Stage.Research or Stage.Approve => 1,
            Stage.Validate => unique,
            Stage.Analyze => unique - sums[Stage.Validate, "Invalid"],
            Stage.Generate => sums[Stage.Analyze, "Eligible"],
            Stage.Deliver => sums[Stage.Analyze, "Done"],
            _ => throw new ArgumentOutOfRangeException(nameof(stage)),
        };
    }

    private static WorkflowHeader Ended(WorkflowHeader header, FinishWork work, DateTimeOffset now)
    {
        // A cancel that was answered holds, though it came when nothing was left to stop.
        if (work.Status == WorkflowStatus.Completed && header.Control == WorkflowControl.Cancel)
            work = work with { Status = WorkflowStatus.Canceled };
        var running = work.Status switch { WorkflowStatus.Completed => StageStatus.Done, WorkflowStatus.Failed => StageStatus.Failed, _ => StageStatus.Skipped };
        return header with
        {
            Status = work.Status,
            FinishedAt = now,
            Error = work.Error,
            Stages = [.. header.Stages.Select(stage => stage.Status switch
            {
                StageStatus.Running => stage with { Status = running, FinishedAt = now },
                StageStatus.Pending => stage with { Status = StageStatus.Skipped },
                _ => stage,
            })],
        };
    }

    private static CampaignStatus StatusOf(WorkflowStatus status) => status switch
    {
        WorkflowStatus.Completed => CampaignStatus.Completed,
        WorkflowStatus.Canceled => CampaignStatus.Canceled,
        _ => CampaignStatus.Failed,
    };
}
