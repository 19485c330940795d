using ProspectOps.Campaigns;
using ProspectOps.Operations;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Signing;
using ProspectOps.Prospects;
using ProspectOps.Prospects.Uploads;
using ProspectOps.Research;
using ProspectOps.Tenancy;
using ProspectOps.Webhooks;

namespace ProspectOps.Pipeline;

/// <summary>Starts workflows. All ids derive from the request's seed, so that the same request twice makes the same workflow.</summary>
public sealed class PipelineService(
    WorkflowStore workflows,
    CampaignStore campaigns,
    EndpointStore endpoints,
    ProspectRows rows,
    UploadService uploads,
    AgentService agents,
    DueStore due,
    PrivateNetworkGuard guard,
    TimeProvider clock)
{
    // Measured: bench/RESULTS.md.
    private const double SecondsEach = 0.004;
    private static readonly TimeSpan StartGrace = TimeSpan.FromSeconds(20);

    /// <exception cref="DomainException">What is wrong with the request.</exception>
    public async Task<StartedPipeline> StartAsync(TenantId tenant, PipelineRequest request, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = PipelineRequestCheck.Check(request);
        agents.RequireKnown(request.Industry);
        if (request.UploadId is { } uploadId)
            await uploads.RequireAsync(tenant, uploadId, cancellationToken);
        if (request.Options?.DeliverTo is { } target)
            await guard.RequireAllowedAsync(new Uri(target.Url!), cancellationToken);
        return await StartAsync(tenant, WorkflowKind.CompletePipeline, request, settings, seed, client, cancellationToken);
    }

    /// <summary>Writes to people whatever their tier, in a campaign made for it.</summary>
    public Task<StartedPipeline> StartContentBatchAsync(TenantId tenant, string industry, IReadOnlyList<Prospect> prospects, int steps, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        agents.RequireKnown(industry);
        var settings = new PipelineSettings { ValidateEmails = false, GenerateFor = Enum.GetValues<Tier>(), Steps = steps, Deduplicate = false };
        var request = new PipelineRequest { Name = $"Content for {industry}", Industry = industry, Prospects = prospects };
        return StartAsync(tenant, WorkflowKind.ContentBatch, request, settings, seed, client, cancellationToken);
    }

    /// <summary>Takes people into a campaign that is there; whoever is in it already is looked at anew.</summary>
    public async Task<string> StartJoinAsync(TenantId tenant, Campaign campaign, IReadOnlyList<KeyedProspect> people, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var header = Header(WorkflowKind.ClayInbound, campaign.Industry, seed, Stage.All) with
        {
            CampaignId = campaign.CampaignId,
            Name = campaign.Name,
            Settings = new PipelineSettings { Deduplicate = false },
        };
        await rows.KeepAsync(header.Job(tenant.Value), people, cancellationToken);
        await campaigns.SetStatusAsync(tenant, campaign.CampaignId, CampaignStatus.Running, cancellationToken);
        await BeginAsync(tenant, header, client, cancellationToken);
        return header.WorkflowId;
    }

    /// <summary>Starts sending a campaign's people to Clay.</summary>
    public async Task<string> StartPushAsync(TenantId tenant, Campaign campaign, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        var header = Header(WorkflowKind.ClayPush, campaign.Industry, seed, [Stage.Validate, Stage.Deliver]) with { CampaignId = campaign.CampaignId, Name = campaign.Name };
        await BeginAsync(tenant, header, client, cancellationToken);
        return header.WorkflowId;
    }

    public async Task<string> StartAgentBuildAsync(TenantId tenant, string industry, string? notes, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var header = Header(WorkflowKind.AgentBuild, industry, seed, Stage.All) with { Name = notes };
        await BeginAsync(tenant, header, client, cancellationToken);
        return header.WorkflowId;
    }

    public async Task<Estimate> EstimateAsync(TenantId tenant, PipelineRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = PipelineRequestCheck.Check(request);
        agents.RequireKnown(request.Industry);
        long people;
        if (request.UploadId is { } uploadId)
        {
            people = await CountAsync(uploads.ReadRowsAsync(tenant, uploadId, cancellationToken), settings.Deduplicate, cancellationToken);
        }
        else
        {
            people = await CountAsync(ProspectRows.Of(request.Prospects!), settings.Deduplicate, cancellationToken);
        }
        return new Estimate(people, 0, 0, 0, 0, 0, Math.Round(1 + people * SecondsEach, 1));
    }

    /// <summary>Starts the orchestrations of workflows whose request died between writing them down and starting them.</summary>
    public async Task<int> SweepAsync(IWorkflowClient client, bool othersAreDead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var started = 0;
        await due.ForEachAsync(DueKind, clock.GetUtcNow() + (othersAreDead ? StartGrace : TimeSpan.Zero), async item =>
        {
            var header = await workflows.FindAsync(item.Tenant, item.Id, cancellationToken);
            // A reminder comes before its workflow; one that stays alone for ten minutes was left by a crash.
            if (header is null && item.At > clock.GetUtcNow() - TimeSpan.FromMinutes(10))
                return;
            if (header is { IsFinished: false })
            {
                await StartOrchestrationAsync(item.Tenant, header, client, cancellationToken);
                started++;
            }
            await due.RemoveAsync(DueKind, item.Row, cancellationToken);
        }, cancellationToken);
        return started;
    }

    private const string DueKind = "workflows";

    private async Task<StartedPipeline> StartAsync(TenantId tenant, string kind, PipelineRequest request, PipelineSettings settings, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var header = Header(kind, request.Industry!, seed, Stage.All) with
        {
            CampaignId = $"cmp_{seed}",
            Name = request.Name,
            UploadId = request.UploadId,
            Settings = settings,
        };
        var secret = request.Options?.DeliverTo is { } target ? await AddEndpointAsync(tenant, header, target, seed, cancellationToken) : null;
        if (request.Prospects is { } prospects)
            await rows.KeepAsync(header.Job(tenant.Value), prospects, cancellationToken);
        await BeginAsync(tenant, header, client, cancellationToken);
        return new StartedPipeline(header.WorkflowId, header.CampaignId, secret);
    }

    private async Task<string> AddEndpointAsync(TenantId tenant, WorkflowHeader header, DeliverTo target, string seed, CancellationToken cancellationToken)
    {
        var secret = target.Secret ?? WebhookSecret.New().Text;
        var endpoint = new WebhookEndpoint { EndpointId = $"whe_{seed}", Url = new Uri(target.Url!), Secret = secret, CampaignId = header.CampaignId, CreatedAt = header.CreatedAt };
        return (await endpoints.AddAsync(tenant, endpoint, cancellationToken)).Secret;
    }

    private async Task BeginAsync(TenantId tenant, WorkflowHeader header, IWorkflowClient client, CancellationToken cancellationToken)
    {
        // The reminder comes first: what is written down is started, though we die before the next line.
        var dueRow = DueStore.RowOf(header.CreatedAt + StartGrace, tenant, header.WorkflowId);
        await due.AddAsync(DueKind, dueRow, cancellationToken);
        await workflows.AddAsync(tenant, header, cancellationToken);
        await StartOrchestrationAsync(tenant, header, client, cancellationToken);
        await due.RemoveAsync(DueKind, dueRow, cancellationToken);
    }

    private async Task StartOrchestrationAsync(TenantId tenant, WorkflowHeader header, IWorkflowClient client, CancellationToken cancellationToken)
    {
        // What says that it runs comes after what sees to it that it does.
        if (header.Kind is WorkflowKind.CompletePipeline or WorkflowKind.ContentBatch)
            await campaigns.AddAsync(tenant, new Campaign(header.CampaignId!, header.Name!, header.Industry, null, CampaignStatus.Running, header.CreatedAt), cancellationToken);
        // The same request a second time may find its build over.
        else if (header.Kind == WorkflowKind.AgentBuild && await workflows.FindAsync(tenant, header.WorkflowId, cancellationToken) is { IsFinished: false } known)
            await agents.MarkBuildingAsync(tenant, known.Industry, known.Name, known.CreatedAt, cancellationToken);
        await client.StartAsync(Orchestration.Of(header.Kind), PipelineJob.InstanceId(tenant, header.WorkflowId), header.Job(tenant.Value), cancellationToken);
    }

    private WorkflowHeader Header(string kind, string industry, string seed, IReadOnlyList<string> stages) => new()
    {
        WorkflowId = $"wf_{seed}",
        Kind = kind,
        Industry = industry,
        CreatedAt = clock.GetUtcNow(),
        Stages = [.. stages.Select(stage => new StageRecord(stage, StageStatus.Pending, 0, null, null))],
    };

    private static async Task<long> CountAsync(IAsyncEnumerable<Prospects.Import.ImportedRow> rows, bool deduplicate, CancellationToken cancellationToken)
    {
        var deduplicator = new Deduplicator();
        long people = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (row.Prospect is not { } prospect)
                continue;
            people++;
            if (deduplicate)
                deduplicator.Add(row.Line, prospect);
        }
        deduplicator.Resolve();
        return people - deduplicator.Duplicates;
    }
}
