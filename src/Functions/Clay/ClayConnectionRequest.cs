namespace ProspectOps.Functions.Clay;

public sealed record ClayConnectionRequest(string? WebhookUrl, string? AuthToken, string? CampaignId);
