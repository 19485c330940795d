namespace ProspectOps.Campaigns;

/// <summary>A column of an exported file.</summary>
public sealed record ExportColumn(string Name, Func<CampaignProspect, object?> Value);
