using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Hosting;
using ProspectOps.Platform.Storage;
using ProspectOps.Webhooks;

namespace ProspectOps.Tests.Webhooks;

/// <summary>All that delivers in one process, over a store that outlives it.</summary>
internal sealed class DeliveringProcess : IDisposable
{
    private readonly CampaignProspectStore _people;
    private readonly WorkflowStore _workflows;
    private readonly WebhookSender _sender;

    public DeliveringProcess(IStorage storage, WebhooksOptions options, TimeProvider clock)
    {
        var settings = Options.Create(options);
        var identity = new ProcessIdentity();
        _people = new CampaignProspectStore(storage);
        _workflows = new WorkflowStore(storage);
        _sender = new WebhookSender(new PrivateNetworkGuard(settings), settings, clock);
        Endpoints = new EndpointStore(storage, SomeSecrets.Cipher(), clock);
        Deliveries = new DeliveryStore(storage);
        Due = new DueStore(storage);
        Events = new EventStore(storage);
        var scheduler = new DeliveryScheduler(Deliveries, Due, storage, clock);
        Planner = new DeliveryPlanner(Endpoints, Events, scheduler, _people, _workflows);
        Publisher = new EventPublisher(Endpoints, Events, scheduler, Due, clock);
        Handler = new DeliverBatchHandler(
            Endpoints, Deliveries, Events, Due, _sender, _people, _workflows, storage, identity, settings, clock, NullLogger<DeliverBatchHandler>.Instance);
        Sweeper = new DeliverySweeper(Deliveries, Due, storage, identity, clock, NullLogger<DeliverySweeper>.Instance);
    }

    public EndpointStore Endpoints { get; }
    public DeliveryStore Deliveries { get; }
    public EventStore Events { get; }
    public DueStore Due { get; }
    public EventPublisher Publisher { get; }
    public DeliveryPlanner Planner { get; }
    public DeliverBatchHandler Handler { get; }
    public DeliverySweeper Sweeper { get; }
    public CampaignProspectStore People => _people;
    public WorkflowStore Workflows => _workflows;

    public void Dispose()
    {
        _sender.Dispose();
        Events.Dispose();
        _people.Dispose();
        _workflows.Dispose();
    }
}
