using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Functions.Campaigns;

public sealed record CreateCampaignRequest([Required, Length(1, 200)] string? Name, [Required] string? Industry, [Length(0, 2000)] string? Description);
