namespace ProspectOps.Campaigns;

/// <summary>What people are gathered under to be written to.</summary>
public sealed record Campaign(string CampaignId, string Name, string Industry, string? Description, CampaignStatus Status, DateTimeOffset CreatedAt);
