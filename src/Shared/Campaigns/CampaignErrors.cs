using ProspectOps.Platform.Errors;

namespace ProspectOps.Campaigns;

public static class CampaignErrors
{
    public static DomainError NotFound { get; } = new(ErrorKind.NotFound, "campaign_not_found", "There is no such campaign.")
    {
        Fix = "Use a campaignId that GET /api/campaigns lists.",
    };
}
