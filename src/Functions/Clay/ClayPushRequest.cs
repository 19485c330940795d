using ProspectOps.Prospects;

namespace ProspectOps.Functions.Clay;

public sealed record ClayPushRequest(string? CampaignId, Tier? Tier);
