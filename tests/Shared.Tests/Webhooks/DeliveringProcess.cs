using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy.Usage;
using ProspectOps.Validation.Suppressions;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>All that delivers in one process, over a store that outlives it.</summary>
internal sealed class DeliveringProcess : IDisposable
{
    private readonly CampaignProspectStore _people;
    private readonly WorkflowStore _workflows;
    private readonly WebhookSender _sender;
    private readonly SuppressionStore _suppressionRows;
    private readonly WebhookMetrics _metrics = new();
    private readonly UsageMeter _usage;

    public DeliveringProcess(IStorage storage, WebhooksOptions options, TimeProvider clock)
    {
        var settings = Options.Create(options);
        var identity = new ProcessIdentity();
        _people = new CampaignProspectStore(storage);
        _workflows = new WorkflowStore(storage);
        var guard = new PrivateNetworkGuard(settings);
        _sender = new WebhookSender(guard, settings, clock);
        Endpoints = new EndpointStore(storage, SomeSecrets.Cipher(), clock);
        Deliveries = new DeliveryStore(storage);
        Due = new DueStore(storage, clock);
        Events = new EventStore(storage);
        Letters = new DeadLetterStore(storage);
        _usage = new UsageMeter(new UsageStore(storage), clock);
        var reminder = new RetentionReminder(Due, clock);
        var scheduler = new DeliveryScheduler(Deliveries, Due, reminder, storage, clock);
        _suppressionRows = new SuppressionStore(storage);
        Suppressions = new SuppressionService(_suppressionRows, clock);
        Planner = new DeliveryPlanner(Endpoints, Events, scheduler, _people, _workflows, Suppressions);
        Publisher = new EventPublisher(Endpoints, Events, scheduler, Due, clock, NullLogger<EventPublisher>.Instance);
        var health = new EndpointHealth(Endpoints, Publisher, _metrics, storage, clock, NullLogger<EndpointHealth>.Instance);
        Recorder = new DeadLetterRecorder(Letters, Deliveries, Due, Publisher, _metrics, settings, clock, NullLogger<DeadLetterRecorder>.Instance);
        Reopening = new DeliveryReopening(Deliveries, Recorder, Letters, Endpoints, Due, storage, clock);
        Retries = new DeadLetterRetries(Letters, Reopening, NullLogger<DeadLetterRetries>.Instance);
        var settlement = new DeliverySettlement(Deliveries, Recorder, Retries, health, Due, _people, _workflows, storage, clock);
        var replays = new ReplayStore(storage);
        Retention = new WebhookRetention(Events, Deliveries, replays, Letters, Due, reminder, settings, clock, NullLogger<WebhookRetention>.Instance);
        Replays = new ReplayService(Endpoints, Events, Deliveries, scheduler, replays, storage, settings, clock);
        Work = new EndpointWorkHandler(Deliveries, Endpoints, Letters, Reopening, Replays, settlement, storage, clock);
        Service = new EndpointService(Endpoints, Events, scheduler, health, guard, _sender, new IdSource(clock), storage, clock);
        Reader = new DeliveryReader(Deliveries, Recorder, Endpoints, Events);
        Handler = new DeliverBatchHandler(
            Endpoints, Deliveries, Events, new EndpointTurns(settings, clock), health, _sender, settlement, Recorder, new WorkflowControls(_workflows, clock), _usage, identity, settings, clock, NullLogger<DeliverBatchHandler>.Instance);
        Sweeper = new DeliverySweeper(Deliveries, Recorder, Due, storage, identity, clock, NullLogger<DeliverySweeper>.Instance);
    }

    public EndpointStore Endpoints { get; }
    public DeliveryStore Deliveries { get; }
    public EventStore Events { get; }
    public DueStore Due { get; }
    public DeadLetterStore Letters { get; }
    public DeadLetterRecorder Recorder { get; }
    public DeadLetterRetries Retries { get; }
    public DeliveryReopening Reopening { get; }
    public DeliveryReader Reader { get; }
    public ReplayService Replays { get; }
    public WebhookRetention Retention { get; }
    public EndpointWorkHandler Work { get; }
    public EndpointService Service { get; }
    public EventPublisher Publisher { get; }
    public SuppressionService Suppressions { get; }
    public DeliveryPlanner Planner { get; }
    public DeliverBatchHandler Handler { get; }
    public DeliverySweeper Sweeper { get; }
    public CampaignProspectStore People => _people;
    public WorkflowStore Workflows => _workflows;

    public void Dispose()
    {
        _sender.Dispose();
        _metrics.Dispose();
        _usage.Dispose();
        Events.Dispose();
        Suppressions.Dispose();
        _suppressionRows.Dispose();
        _people.Dispose();
        _workflows.Dispose();
    }
}
