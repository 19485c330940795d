namespace ProspectOps.Clay;

/// <summary>A connection as the API answers it, without its token.</summary>
/// <param name="Sent">Rows that the webhook has taken in its life.</param>
/// <param name="AwaitingReturn">Rows of the campaign that were sent and are not back, those overdue among them.</param>
public sealed record ClayConnectionView(
    Uri WebhookUrl, string CampaignId, bool HasAuthToken, long Sent, long LifetimeLimit, long AwaitingReturn, long Overdue, DateTimeOffset UpdatedAt);
