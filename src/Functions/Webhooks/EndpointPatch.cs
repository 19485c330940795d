namespace ProspectOps.Functions.Webhooks;

/// <param name="Status"><c>disabled</c>, or <c>active</c> to start it again.</param>
public sealed record EndpointPatch(
    string? Url, IReadOnlyList<string>? Events, string? Description, IReadOnlyDictionary<string, string>? Headers, string? CampaignId, double? RatePerSecond, string? Status);
