using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Pipeline;
using ProspectOps.Platform.Errors;
using ProspectOps.Prospects;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>Starts pushes: people of a campaign who were not sent yet, or rows that never came back.</summary>
public sealed class ClayPushes(
    ClayConnectionStore connections, ClayQueueStore queue, CampaignReader campaigns, PipelineService pipeline, IOptions<ClayOptions> options, TimeProvider clock)
{
    private const int MostRowIds = 1000;

    /// <returns>The workflow's id.</returns>
    /// <exception cref="DomainException"><c>validation_failed</c>, <c>campaign_not_found</c>, <c>clay_not_connected</c>, <c>clay_limit_reached</c>.</exception>
    public async Task<string> StartAsync(TenantId tenant, string? campaignId, Tier? tier, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(campaignId is { Length: > 0 }, "campaignId", "must name a campaign");
        errors.ThrowIfAny();
        return await StartAsync(tenant, campaignId!, new ClayPush(tier, false, clock.GetUtcNow(), null, ""), seed, client, cancellationToken);
    }

    /// <param name="campaignId">Null for the one last connected.</param>
    /// <param name="rowIds">Null for every row that is overdue.</param>
    /// <exception cref="DomainException">As above.</exception>
    public async Task<string> StartAgainAsync(TenantId tenant, string? campaignId, IReadOnlyList<string>? rowIds, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(rowIds is null or { Count: > 0 and <= MostRowIds }, "poRowIds", $"must be 1 to {MostRowIds} ids, or be left out for all that are overdue");
        errors.Require(rowIds is null || rowIds.All(id => id is { Length: > 0 and <= InboundRowReader.MostRowIdCharacters }), "poRowIds", $"must hold ids of 1 to {InboundRowReader.MostRowIdCharacters} characters");
        errors.ThrowIfAny();
        campaignId ??= await connections.LastCampaignAsync(tenant, cancellationToken) ?? throw new DomainException(ClayErrors.NotConnected);
        return await StartAsync(tenant, campaignId, new ClayPush(null, true, clock.GetUtcNow(), rowIds?.Distinct().ToArray(), ""), seed, client, cancellationToken);
    }

    private async Task<string> StartAsync(TenantId tenant, string campaignId, ClayPush push, string seed, IWorkflowClient client, CancellationToken cancellationToken)
    {
        var campaign = await campaigns.GetAsync(tenant, campaignId, cancellationToken);
        var connection = await connections.FindAsync(tenant, campaignId, cancellationToken) ?? throw new DomainException(ClayErrors.NotConnected);
        if (await connections.SentAsync(tenant, connection, cancellationToken) >= options.Value.LifetimeLimit)
            throw new DomainException(ClayErrors.LimitReached(options.Value.LifetimeLimit));
        await queue.AddAsync(tenant, $"wf_{seed}", push, cancellationToken);
        return await pipeline.StartPushAsync(tenant, campaign, seed, client, cancellationToken);
    }
}
