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
            // The batch holds who was, so that a repeat after a crash counts and delivers by the first decision, whatever the list says by then.
            var suppressed = await suppressions.FindAsync(job.TenantId, [.. page.Select(person => person.Prospect.Email ?? "")], cancellationToken);
            PlannedEvent[] planned = [.. page.Where((_, index) => !suppressed.Contains(index)).Select(person => Event(
                job, EventTypes.ProspectReady, person.ProspectKey, work.At, new { job.WorkflowId, job.CampaignId, job.Industry, person.ProspectKey, person.Prospect, person.Validation, person.Analysis, person.Content }))];
            var batch = Batch(job, EventTypes.ProspectReady, shard.Number, number, planned, work.At) with { LeftOut = suppressed.Count };
            await SendAsync(job, work.Endpoints, batch, shard.Number, number, "Events", cancellationToken);
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
        if (listening.Length == 0)
            return false;
        await SendAsync(job, listening, Batch(job, type, shard, number, [Event(job, type, null, at, data)], at), shard, number, "OwnEvents", cancellationToken);
        return true;
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
    private async Task SendAsync(PipelineJob job, IReadOnlyList<string> listening, EventBatch planned, int shard, int number, string counter, CancellationToken cancellationToken)
    {
        var (batch, hearing) = await events.AddAsync(planned, listening, cancellationToken);
        if (batch.LeftOut > 0)
            await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard, $"skip|{shard}|{number}", new Dictionary<string, long> { ["Done"] = batch.LeftOut }, cancellationToken);
        if (batch.Events.Count == 0)
            return;
        await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard, $"plan|{shard}|{number}", new Dictionary<string, long> { [counter] = (long)batch.Events.Count * hearing.Count }, cancellationToken);
        await deliveries.PlanAsync(batch, hearing, cancellationToken, shard);
    }

    private static EventBatch Batch(PipelineJob job, string type, int shard, int number, PlannedEvent[] planned, DateTimeOffset at) =>
        new(job.TenantId, EventBatch.NameOf(at, job.WorkflowId, shard, number), type, job.WorkflowId, job.CampaignId, planned);

    private static PlannedEvent Event(PipelineJob job, string type, string? prospectKey, DateTimeOffset at, object data) =>
        new(EventBatch.EventIdOf(job.TenantId, job.WorkflowId, type, prospectKey), prospectKey, EventBatch.BodyOf(type, at, data));
}
