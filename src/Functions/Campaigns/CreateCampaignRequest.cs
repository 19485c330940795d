namespace ProspectOps.Functions.Campaigns;

public sealed record CreateCampaignRequest(string? Name, string? Industry, string? Description);
