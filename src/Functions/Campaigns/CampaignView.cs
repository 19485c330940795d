using ProspectOps.Campaigns;

namespace ProspectOps.Functions.Campaigns;

/// <summary>A campaign as the API answers it.</summary>
public sealed record CampaignView(
    string CampaignId, string Name, string Industry, string? Description, CampaignStatus Status, DateTimeOffset CreatedAt, CampaignCounts Counts, decimal CostUsd)
{
    public static CampaignView Of(Campaign campaign, CampaignCounts counts)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new CampaignView(campaign.CampaignId, campaign.Name, campaign.Industry, campaign.Description, campaign.Status, campaign.CreatedAt, counts, 0);
    }
}
