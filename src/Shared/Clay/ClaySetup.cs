using Microsoft.Extensions.Options;
using ProspectOps.Campaigns;
using ProspectOps.Inbound;
using ProspectOps.Platform.Errors;
using ProspectOps.Research;
using ProspectOps.Tenancy;

namespace ProspectOps.Clay;

/// <summary>Makes the blueprint of a campaign's tables, with a new token for what they send back.</summary>
public sealed class ClaySetup(
    CampaignStore campaigns, CampaignReader reader, AgentService agents, InboundKeyStore keys, InboundAuthenticator inbound, IOptions<ClayOptions> options, TimeProvider clock)
{
    /// <param name="campaignId">Null for a campaign made for it.</param>
    /// <param name="industry">May be left out where a campaign is named.</param>
    /// <param name="askedAt">The address that the request came to.</param>
    /// <exception cref="DomainException"><c>validation_failed</c>, <c>industry_unknown</c>, <c>campaign_not_found</c>.</exception>
    public async Task<ClayBlueprint> RunAsync(TenantId tenant, string? campaignId, string? industry, Uri askedAt, string seed, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(industry is { Length: > 0 } || campaignId is not null, "industry", "must name an industry");
        errors.ThrowIfAny();
        if (industry is not null)
            agents.RequireKnown(industry);
        Campaign campaign;
        if (campaignId is null)
        {
            campaign = new Campaign($"cmp_{seed}", $"Clay {industry}", industry!, null, CampaignStatus.Draft, clock.GetUtcNow());
            await campaigns.AddAsync(tenant, campaign, cancellationToken);
        }
        else
        {
            campaign = await reader.GetAsync(tenant, campaignId, cancellationToken);
        }
        await keys.PutInUseAsync(tenant, InboundPurpose.Clay, campaign.CampaignId, seed, cancellationToken);
        var address = new ClayInboundAddress(new Uri(options.Value.PublicUrl ?? askedAt, "/api/clay/webhook"), "x-clay-webhook-auth", inbound.TokenOf(InboundPurpose.Clay, seed));
        return ClayBlueprint.Of(campaign.CampaignId, campaign.Name, address);
    }
}
