using System.Text.Json;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Signing;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>A workflow in its deliver stage with people in one partition and one endpoint; storage in memory, the receiver a real server.</summary>
internal sealed class WebhooksWorld : IDisposable
{
    private int _taken;
    private int _buried;
    private int _worked;

    public static TenantId Tenant => SomePeople.Tenant;

    public const string EndpointId = "whe_01kc0000000000000000000001";

    public static ProspectShard Shard { get; } = ProspectShard.Of(3);

    public PipelineJob Job { get; } = new(Tenant.Value, "wf_01kc0000000000000000000002", "cmp_01kc0000000000000000000002", "igaming", null, new PipelineSettings());

    public WebhookSecret Secret { get; } = WebhookSecret.New();

    public FakeClock Clock { get; } = new();

    public InMemoryStorage Storage { get; } = new();

    public WebhooksOptions Options { get; init; } = new() { AllowPrivateNetworks = true };

    public DeliveringProcess Process { get; private set; } = null!;

    /// <summary>Messages for the deliverer, in the order of their sending.</summary>
    public IReadOnlyList<(DeliveryMessage Message, TimeSpan Delay)> Sent => [.. ((InMemoryQueue<DeliveryMessage>)Storage.Queue<DeliveryMessage>(DeliveryMessage.Queue)).Sent];

    public IReadOnlyList<DeliveryMessage> Poison => [.. ((InMemoryQueue<DeliveryMessage>)Storage.Queue<DeliveryMessage>(DeliveryMessage.PoisonQueue)).Sent.Select(sent => sent.Message)];

    public static async Task<WebhooksWorld> WithAsync(Loopback receiver, int people, WebhooksOptions? options = null)
    {
        var world = options is null ? new WebhooksWorld() : new WebhooksWorld { Options = options };
        world.Start(world.Storage);
        await world.Process.Workflows.AddAsync(Tenant, Header(world), default);
        await world.Process.Endpoints.AddAsync(Tenant, world.Endpoint(receiver, EndpointId), default);
        await world.Process.People.AddAsync(Tenant, world.Job.CampaignId, Shard, "m", SomePeople.InShard(Shard, people), [], default);
        return world;
    }

    /// <summary>An endpoint that is active and hears everything.</summary>
    public WebhookEndpoint Endpoint(Loopback receiver, string id, string path = "/hooks") => new()
    {
        EndpointId = id,
        Url = new Uri(receiver.Url, path),
        Secret = Secret.Text,
        CreatedAt = Clock.Now,
    };

    public Task DisableAsync(string reason) => Process.Endpoints.UpdateAsync(Tenant, EndpointId, endpoint => endpoint with { DisabledReason = reason }, default);

    /// <summary>Another process takes the place of the one before, which is dead.</summary>
    public DeliveringProcess Start(IStorage storage)
    {
        Process?.Dispose();
        return Process = new DeliveringProcess(storage, Options, Clock);
    }

    public async Task PlanAsync() =>
        await Process.Planner.PlanPeopleAsync(new DeliverWork(Job, Shard.Number, Clock.Now, await Process.Planner.ListenersAsync(Job, EventTypes.ProspectReady, default)), default);

    /// <summary>Handles every message that waits, its delay passed over, until none is left.</summary>
    public async Task DrainAsync()
    {
        while (_taken < Sent.Count)
        {
            var (message, delay) = Sent[_taken++];
            Clock.Pass(delay);
            await Process.Handler.HandleAsync(message, default);
        }
    }

    /// <summary>Takes the next message, as a queue hands it out.</summary>
    public DeliveryMessage Take() => Sent[_taken++].Message;

    public async Task<DeliveryBatch> BatchAsync() =>
        await Process.Deliveries.FindAsync(Tenant, EndpointId, Sent[0].Message.Batch, default) ?? throw new InvalidOperationException("No batch.");

    public async Task<IReadOnlyList<DueItem>> DueAsync(string kind = DeliverySweeper.Kind)
    {
        var items = new List<DueItem>();
        await foreach (var item in new DueStore(Storage, Clock).UntilAsync(kind, DateTimeOffset.MaxValue.AddDays(-1), default))
            items.Add(item);
        return items;
    }

    /// <summary>The sums that a client sees, and the campaign's own.</summary>
    public async Task<DeliverySums> SumsAsync()
    {
        var read = await new WorkflowStore(Storage).ReadAsync(Tenant, Job.WorkflowId, default);
        var view = WorkflowView.Of(read!.Value.Header, read.Value.Counters);
        var campaign = await new CampaignProspectStore(Storage).CountsAsync(Tenant, Job.CampaignId, default);
        var sums = new CounterSums(read.Value.Counters);
        return new DeliverySums(sums[Stage.Deliver, "Events"], sums[Stage.Deliver, "Attempted"], view.Deliveries.Delivered, view.Deliveries.Retrying, view.Deliveries.Dead, view.Counts.Delivered, campaign.Delivered);
    }

    /// <summary>What the dead-letter function records of the poison queue.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync()
    {
        while (_buried < Poison.Count)
            await Process.Recorder.RecordAsync(JsonSerializer.SerializeToUtf8Bytes(Poison[_buried++], JsonDefaults.Options), default);
        return await LettersAsync();
    }

    public async Task<IReadOnlyList<DeadLetter>> LettersAsync()
    {
        var letters = new List<DeadLetter>();
        await foreach (var letter in Process.Letters.RangeAsync(Tenant, null, "", 1000, default))
            letters.Add(letter);
        return letters;
    }

    /// <summary>Does the work that waits in the other queue.</summary>
    public async Task WorkAsync()
    {
        while (_worked < Work.Count)
            await Process.Work.HandleAsync(Work.ElementAt(_worked++), default);
    }

    /// <summary>What waits there was given up.</summary>
    public void ForgetWork() => _worked = Work.Count;

    /// <summary>Does all that waits in any queue, until nothing does.</summary>
    public async Task SettleAsync()
    {
        while (_taken < Sent.Count || _worked < Work.Count || _buried < Poison.Count)
        {
            await DrainAsync();
            await DeadLettersAsync();
            await WorkAsync();
        }
    }

    private IReadOnlyList<EndpointWorkMessage> Work => [.. ((InMemoryQueue<EndpointWorkMessage>)Storage.Queue<EndpointWorkMessage>(EndpointWorkMessage.Queue)).Sent.Select(sent => sent.Message)];

    public void Dispose() => Process?.Dispose();

    private static WorkflowHeader Header(WebhooksWorld world) => new()
    {
        WorkflowId = world.Job.WorkflowId,
        Kind = WorkflowKind.CompletePipeline,
        CreatedAt = world.Clock.Now,
        CampaignId = world.Job.CampaignId,
        Industry = world.Job.Industry,
        Status = WorkflowStatus.Running,
        Stages = [.. Stage.All.Select(stage => new StageRecord(stage, StageStatus.Pending, 0, null, null))],
    };
}
