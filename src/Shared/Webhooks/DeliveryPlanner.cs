using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Webhooks;

/// <summary>Makes events of what happened and batches of the events: rows first, then the messages, so that a crash between them loses nothing.</summary>
/// <remarks>All names derive from the workflow and the time its stage began: run twice, it plans the same.</remarks>
public sealed class DeliveryPlanner(
    EndpointStore endpoints, DeliveryStore deliveries, DueStore due, CampaignProspectStore people, WorkflowStore workflows, IStorage storage, TimeProvider clock)
{
    /// <summary>What the creator of a batch is given to send its message.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private readonly IQueue<DeliveryMessage> _queue = storage.Queue<DeliveryMessage>(DeliveryMessage.Queue);

    /// <summary>Ids of the endpoints that hear of the campaign now.</summary>
    public async Task<string[]> ListenersAsync(PipelineJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return [.. (await endpoints.ListeningAsync(job.TenantId, job.CampaignId, cancellationToken)).Select(endpoint => endpoint.EndpointId)];
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
        var batch = new List<PlannedEvent>(DeliveryBatch.MostEvents);
        await foreach (var (_, person) in people.RangeAsync(job.TenantId, job.CampaignId, shard, null, "", DeliveryBatch.MostEvents, cancellationToken))
        {
            batch.Add(Event(job, "prospect.ready", person.ProspectKey, work.At, new { job.WorkflowId, job.CampaignId, job.Industry, person.ProspectKey, person.Prospect, person.Validation, person.Analysis, person.Content }));
            if (batch.Count == DeliveryBatch.MostEvents)
                await FlushAsync();
        }
        if (batch.Count > 0)
            await FlushAsync();

        async Task FlushAsync()
        {
            await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard.Number, $"plan|{shard.Number}|{number}",
                new Dictionary<string, long> { ["Events"] = (long)batch.Count * work.Endpoints.Count }, cancellationToken);
            foreach (var endpoint in work.Endpoints)
                await SendAsync(job, endpoint, "prospect.ready", shard.Number, number, batch, work.At, cancellationToken);
            number++;
            batch.Clear();
        }
    }

    /// <summary>Plans one event about the campaign itself, to everybody who listens. False where nobody does.</summary>
    /// <param name="number">Tells the campaign's own events apart.</param>
    public async Task<bool> PlanOneAsync(PipelineJob job, IReadOnlyList<string> listening, string type, object data, int shard, int number, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(listening);
        if (listening.Count == 0)
            return false;
        await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard, $"plan|{shard}|{number}", new Dictionary<string, long> { ["OwnEvents"] = listening.Count }, cancellationToken);
        foreach (var endpoint in listening)
            await SendAsync(job, endpoint, type, shard, number, [Event(job, type, null, at, data)], at, cancellationToken);
        return true;
    }

    private async Task CountWithoutListenerAsync(PipelineJob job, ProspectShard shard, CancellationToken cancellationToken)
    {
        var count = await people.CountAsync(job.TenantId, job.CampaignId, shard, cancellationToken);
        if (count == 0)
            return;
        await people.CountDeliveredAsync(job.TenantId, job.CampaignId, shard, $"{job.WorkflowId}|deliver", (int)count, cancellationToken);
        await workflows.CountAsync(job.TenantId, job.WorkflowId, Stage.Deliver, shard.Number, $"plan|{shard.Number}",
            new Dictionary<string, long> { ["Done"] = count, ["Delivered"] = count }, cancellationToken);
    }

    private async Task SendAsync(PipelineJob job, string endpointId, string type, int shard, int number, List<PlannedEvent> events, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = DeliveryBatch.NameOf(at, shard, number);
        if (await deliveries.FindAsync(job.TenantId, endpointId, name, cancellationToken) is not null)
            return;
        var dueRow = DueStore.RowOf(clock.GetUtcNow() + Grace, job.TenantId, $"{endpointId}|{name}");
        var batch = new DeliveryBatch
        {
            Tenant = job.TenantId,
            EndpointId = endpointId,
            Name = name,
            EventType = type,
            WorkflowId = job.WorkflowId,
            CampaignId = job.CampaignId,
            ProspectShard = shard,
            States = new string('o', events.Count),
            Log = [.. events.Select(planned => new DeliveryLog(planned.EventId, planned.ProspectKey, []))],
            DueRow = dueRow,
        };
        await due.AddAsync(DeliverySweeper.Kind, dueRow, cancellationToken);
        await deliveries.AddAsync(batch, events, cancellationToken);
        await _queue.SendAsync(new DeliveryMessage(DeliveryMessage.CurrentVersion, job.Tenant, endpointId, name, 1), TimeSpan.Zero, cancellationToken);
    }

    private static PlannedEvent Event(PipelineJob job, string type, string? prospectKey, DateTimeOffset at, object data)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Tenant}|{job.WorkflowId}|{type}|{prospectKey}"));
        var body = JsonSerializer.Serialize(new { type, timestamp = at, data }, JsonDefaults.Options);
        return new PlannedEvent($"evt_{Base32.Encode(hash, 26)}", prospectKey, body);
    }
}
