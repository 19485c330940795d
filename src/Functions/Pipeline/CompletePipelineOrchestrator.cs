using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ProspectOps.Campaigns;
using ProspectOps.Pipeline;

namespace ProspectOps.Functions.Pipeline;

/// <summary>The main job, stage by stage. It carries references and counts, never lists of people.</summary>
public static class CompletePipelineOrchestrator
{
    // Shards at work at once: enough to keep every activity slot busy, few enough that one pipeline does not shut out the others.
    private const int ShardsInFlight = 4;

    // Looks for outstanding attempts before the history is begun anew: an endpoint's maintenance may last for days.
    private const int LooksInGeneration = 50;

    // What people ask for stands in the header; a signal that died with its process costs no more than this.
    private static readonly TimeSpan LostSignal = TimeSpan.FromHours(1);

    [Function(Orchestration.CompletePipeline)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var job = context.GetInput<PipelineJob>()!;
        var signal = new WorkflowSignal(context);
        try
        {
            var ended = job.Waiting is { } waiting ? await FollowAsync(context, job, signal, waiting) : await RunStagesAsync(context, job, signal);
            if (ended is null)
                return; // goes on as a new generation
            await context.CallActivityAsync(nameof(PipelineActivities.FinishWorkflow), ended, ActivityRetry.Patient);
        }
        catch (TaskFailedException e)
        {
            await context.CallActivityAsync(nameof(PipelineActivities.FinishWorkflow), FinishWork.Failed(job, e.TaskName, context.CurrentUtcDateTime), ActivityRetry.Patient);
            // The platform shall show it as failed too.
            throw;
        }
    }

    /// <returns>How the workflow ends; null where it goes on as a new generation.</returns>
    private static async Task<FinishWork?> RunStagesAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal)
    {
        await BeginAsync(context, job, Stage.Research);
        var research = context.CallActivityAsync(nameof(PipelineActivities.ResearchIndustry), job, ActivityRetry.Options);
        var takingIn = context.CallActivityAsync<IntakeResult>(nameof(PipelineActivities.TakeIn), job, ActivityRetry.Options);
        await Task.WhenAll(research, takingIn);
        var chunks = (await takingIn).ChunksByShard.Select(count => (IReadOnlyList<int>)[.. Enumerable.Range(0, count)]).ToArray();

        string[] stages = [Stage.Validate, Stage.Analyze, Stage.Generate];
        foreach (var stage in stages)
        {
            var skip = (stage == Stage.Validate && !job.Settings.ValidateEmails) || (stage == Stage.Generate && job.Settings.GenerateFor.Count == 0);
            await BeginAsync(context, job, stage, skip);
            if (skip)
                continue;
            if (!await RunStageAsync(context, job, signal, stage, chunks))
                return new FinishWork(job, WorkflowStatus.Canceled, null);
        }

        await BeginAsync(context, job, Stage.Approve, skip: !job.Settings.RequireApproval);
        if (job.Settings.RequireApproval && await AwaitApprovalAsync(context, job, signal) is { } refused)
            return refused;

        await BeginAsync(context, job, Stage.Deliver);
        return await DeliverAsync(context, job, signal);
    }

    private static Task<WorkflowControl> BeginAsync(TaskOrchestrationContext context, PipelineJob job, string stage, bool skip = false) =>
        context.CallActivityAsync<WorkflowControl>(nameof(PipelineActivities.BeginStage), new StageChange(job, stage, skip), ActivityRetry.Options);

    /// <summary>Runs a stage over all shards, again after each suspension. Leaves in <paramref name="chunks"/> those that the next stage has to do with.</summary>
    /// <returns>False where the workflow was canceled.</returns>
    private static async Task<bool> RunStageAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal, string stage, IReadOnlyList<int>[] chunks)
    {
        var outcomes = new ShardOutcome[chunks.Length];
        var attempt = 0;
        do
        {
            attempt++;
            var running = new List<Task>();
            for (var shard = 0; shard < chunks.Length; shard++)
            {
                running.Add(RunShardAsync(shard));
                if (running.Count == ShardsInFlight)
                {
                    var ended = await Task.WhenAny(running);
                    running.Remove(ended);
                    await ended; // a shard that failed fails the stage
                }
            }
            await Task.WhenAll(running);
        }
        while (outcomes.Any(outcome => outcome.Stopped) && await MayGoOnAsync(context, job, signal));
        if (outcomes.Any(outcome => outcome.Stopped))
            return false;
        for (var shard = 0; shard < chunks.Length; shard++)
            chunks[shard] = outcomes[shard].Chunks;
        return true;

        async Task RunShardAsync(int shard) => outcomes[shard] = chunks[shard].Count == 0
            ? new ShardOutcome(false, [])
            : await context.CallSubOrchestratorAsync<ShardOutcome>(
                ShardOrchestrator.Name,
                new ShardWork(job, stage, shard, chunks[shard], attempt),
                new TaskOptions().WithInstanceId($"{context.InstanceId}-{stage}-{shard}-{attempt}"));
    }

    /// <summary>Waits while the workflow is suspended. False where it is canceled.</summary>
    private static async Task<bool> MayGoOnAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal)
    {
        var state = await ReadAsync(context, job);
        while (state.Control == WorkflowControl.Suspend)
        {
            await signal.WaitAsync(LostSignal);
            state = await ReadAsync(context, job);
        }
        return state.Control == WorkflowControl.Run;
    }

    private static Task<WorkflowState> ReadAsync(TaskOrchestrationContext context, PipelineJob job) =>
        context.CallActivityAsync<WorkflowState>(nameof(PipelineActivities.ReadWorkflow), job, ActivityRetry.Options);

    /// <returns>How the workflow ends where it is not approved; null where it is.</returns>
    private static async Task<FinishWork?> AwaitApprovalAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal)
    {
        await context.CallActivityAsync(nameof(PipelineActivities.AwaitApproval), new DeliverWork(job, 0, context.CurrentUtcDateTime, []), ActivityRetry.Options);
        var state = await ReadAsync(context, job);
        while (state is { Control: WorkflowControl.Suspend } or { Control: WorkflowControl.Run, Approved: null })
        {
            await signal.WaitAsync(LostSignal);
            state = await ReadAsync(context, job);
        }
        return state switch
        {
            { Control: WorkflowControl.Cancel } => new FinishWork(job, WorkflowStatus.Canceled, null),
            { Approved: false } => new FinishWork(job, WorkflowStatus.Canceled, state.Note),
            _ => null,
        };
    }

    private static async Task<FinishWork?> DeliverAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal)
    {
        if (!await MayGoOnAsync(context, job, signal))
            return new FinishWork(job, WorkflowStatus.Canceled, null);
        var at = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
        // Asked once: who listens may change while events are planned, and every step has to plan for the same.
        var endpoints = await context.CallActivityAsync<string[]>(nameof(PipelineActivities.FindListeners), job, ActivityRetry.Options);
        await Task.WhenAll(ProspectShard.All.Select(shard =>
            context.CallActivityAsync(nameof(PipelineActivities.PlanDeliveries), new DeliverWork(job, shard.Number, at, endpoints), ActivityRetry.Options)));
        return await FollowAsync(context, job, signal, new DeliveryWait(at, endpoints, IsAnnounced: false));
    }

    /// <summary>Waits for the first attempts at people's events, announces the campaign, and waits for the attempts at that.</summary>
    /// <returns>How the workflow ends; null where it goes on as a new generation.</returns>
    private static async Task<FinishWork?> FollowAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal, DeliveryWait waiting)
    {
        var control = await AwaitAttemptsAsync(context, job, signal);
        if (control == WorkflowControl.Run && !waiting.IsAnnounced)
        {
            waiting = waiting with { IsAnnounced = true };
            if (await context.CallActivityAsync<bool>(nameof(PipelineActivities.AnnounceCampaign), new DeliverWork(job, 0, waiting.At, waiting.Endpoints), ActivityRetry.Options))
                control = await AwaitAttemptsAsync(context, job, signal);
        }
        if (control is null)
            context.ContinueAsNew(job with { Waiting = waiting });
        return control switch
        {
            null => null,
            WorkflowControl.Run => new FinishWork(job, WorkflowStatus.Completed, null),
            _ => new FinishWork(job, WorkflowStatus.Canceled, null),
        };
    }

    /// <summary>Waits for the first attempt of every event. Deliveries signal when they think that it was the last; the time-out is for a signal lost.</summary>
    /// <returns>Run where all were attempted, Cancel where it is canceled, null where neither has come in this generation.</returns>
    private static async Task<WorkflowControl?> AwaitAttemptsAsync(TaskOrchestrationContext context, PipelineJob job, WorkflowSignal signal)
    {
        var wait = TimeSpan.FromSeconds(2);
        for (var look = 0; look < LooksInGeneration; look++)
        {
            if (await context.CallActivityAsync<long>(nameof(PipelineActivities.CountAttemptsAhead), job, ActivityRetry.Options) == 0)
                return WorkflowControl.Run;
            if (!await MayGoOnAsync(context, job, signal))
                return WorkflowControl.Cancel;
            await signal.WaitAsync(wait);
            wait = wait < TimeSpan.FromSeconds(30) ? wait * 1.5 : wait;
        }
        return null;
    }
}
