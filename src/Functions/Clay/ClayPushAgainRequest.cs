namespace ProspectOps.Functions.Clay;

/// <param name="PoRowIds">These rows; left out, all that are overdue.</param>
public sealed record ClayPushAgainRequest(string? CampaignId, IReadOnlyList<string>? PoRowIds);
