namespace ProspectOps.Clay;

/// <summary>Message of queue <c>clay-inbound</c>: people of a campaign wait. It only hurries; the reminder in <c>Due</c> is what counts.</summary>
public sealed record ClayInboundMessage(int V, string TenantId, string CampaignId)
{
    public const string Queue = "clay-inbound";
    public const int CurrentVersion = 1;
}
