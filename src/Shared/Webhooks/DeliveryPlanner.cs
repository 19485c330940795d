using ProspectOps.Campaigns;
using ProspectOps.Pipeline;
using ProspectOps.Validation.Suppressions;

namespace ProspectOps.Webhooks;

/// <summary>Makes events of a workflow's people, and of the workflow itself, and plans their deliveries.</summary>
/// <remarks>All names derive from the workflow and the time its stage began: run twice, it plans the same.</remarks>
public sealed class DeliveryPlanner(
    EndpointStore endpoints, EventStore events, DeliveryScheduler deliveries, CampaignProspectStore people, WorkflowStore workflows, SuppressionService suppressions)
{
    /// <summary>Ids of the endpoints that hear of this type of event of the campaign now.</summary>
    public async Task<string[]> ListenersAsync(PipelineJob job, string type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return [.. (await endpoints.ListeningAsync(job.TenantId, type, job.CampaignId, cancellationToken)).Select(endpoint => endpoint.EndpointId)];
    }

    /// <summary>Plans <c>prospect.ready</c> for everybody of one partition; who has no listener is delivered.</summary>
    public async Task PlanPeopleAsync(DeliverWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        var job = work.Job;
        var shard = ProspectShard.Of(work.ProspectShard);
        if (work.Endpoints.Count == 0)
        {
            await CountWithoutListenerAsync(job, shard, cancellationToken);
            return;
        }
        var number = 0;
        var page = new List<CampaignProspect>(EventBatch.MostEvents);
        await foreach (var (_, person) in people.OfWorkflowAsync(job.TenantId, job.CampaignId, shard, job.Joins ? job.WorkflowId : null, EventBatch.MostEvents, cancellationToken))
        {
            page.Add(person);
            if (page.Count == EventBatch.MostEvents)
                await FlushAsync();
        }
        if (page.Count > 0)
            await FlushAsync();

        async Task FlushAsync()
        {
            // Days may lie between validation and delivery, where a person approves: whoever asked not to be written to meanwhile is left out.
            var suppressed = await suppressions.FindAsync(job.TenantId, [.. page.Select(person => person.Prospect.Email ?? "")], cancellationToken);
            PlannedEvent[] planned = [.. page.Where((_, index) => !suppressed.Contains(index)).Select(person => Event(
                job, EventTypes.ProspectReady, person.ProspectKey, work.At, new { job.WorkflowId, job.CampaignId, job.Industry, person.ProspectKey, person.Prospect, person.Validation, person.Analysis, person.Content }))];
            if (suppressed.Count > 0)
            {
                await workflows.CountAsync(
                    job.TenantId, job.WorkflowId, Stage.Deliver, shard.Number, $"skip|{shard.Number}|{number}", new Dictionary<string, long> { ["Done"] = suppressed.Count }, cancellationToken);
            }
            if (planned.Length > 0)
                await SendAsync(job, work.Endpoints, EventTypes.ProspectReady, shard.Number, number, "Events", planned, work.At, cancellationToken);
            number++;
            page.Clear();
        }
    }

    /// <summary>Plans one event about the campaign itself, to everybody who listens. False where nobody does.</summary>
    /// <param name="number">Tells the campaign's own events apart.</param>
    public async Task<bool> PlanOneAsync(PipelineJob job, string type, object data, int shard, int number, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var listening = await ListenersAsync(job, type, cancellationToken);
        return await SendAsync(job, listening, type, shard, number, "OwnEvents", [Event(job, type, null, at, data)], at, cancellationToken);
    }

    private async Task CountWithoutListenerAsync(PipelineJob job, ProspectShard shard, CancellationToken cancellationToken)
    {
        var count = await people.CountAsync(job.TenantId, job.CampaignId, shard, job.Joins ? job.WorkflowId : null, cancellationToken);
        if (count == 0)
            return;
        await people.CountDeliveredAsync(job.TenantId, job.CampaignId, shard, $"{job.WorkflowId}|deliver", (int)count, cancellationToken);
        await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard.Number, $"plan|{shard.Number}",
            new Dictionary<string, long> { ["Done"] = count, ["Delivered"] = count }, cancellationToken);
    }

    /// <param name="counter">What the workflow counts its deliveries as.</param>
    private async Task<bool> SendAsync(
        PipelineJob job, IReadOnlyList<string> listening, string type, int shard, int number, string counter, PlannedEvent[] planned, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (listening.Count == 0)
            return false;
        var batch = new EventBatch(job.TenantId, EventBatch.NameOf(at, job.WorkflowId, shard, number), type, job.WorkflowId, job.CampaignId, planned);
        listening = await events.AddAsync(batch, listening, cancellationToken);
        await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard, $"plan|{shard}|{number}", new Dictionary<string, long> { [counter] = (long)planned.Length * listening.Count }, cancellationToken);
        await deliveries.PlanAsync(batch, listening, cancellationToken, shard);
        return true;
    }

    private static PlannedEvent Event(PipelineJob job, string type, string? prospectKey, DateTimeOffset at, object data) =>
        new(EventBatch.EventIdOf(job.TenantId, job.WorkflowId, type, prospectKey), prospectKey, EventBatch.BodyOf(type, at, data));
}
