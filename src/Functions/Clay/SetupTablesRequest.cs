namespace ProspectOps.Functions.Clay;

public sealed record SetupTablesRequest(string? CampaignId, string? Industry);
