namespace ProspectOps.Functions.Webhooks;

public sealed record EndpointRequest(
    string? Url, IReadOnlyList<string>? Events, string? Description, IReadOnlyDictionary<string, string>? Headers, string? CampaignId, double? RatePerSecond, string? Signing);
