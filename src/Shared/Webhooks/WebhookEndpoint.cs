namespace ProspectOps.Webhooks;

/// <summary>Where events go.</summary>
/// <param name="Secret">What they are signed with: never in a log or a list.</param>
/// <param name="CampaignId">Events of this campaign alone; null for all.</param>
/// <param name="DisabledReason">Null while it is active.</param>
public sealed record WebhookEndpoint(string EndpointId, Uri Url, string Secret, string? CampaignId, string? DisabledReason, DateTimeOffset CreatedAt)
{
    public bool IsActive => DisabledReason is null;
}
