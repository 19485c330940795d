using ProspectOps.Campaigns;

namespace ProspectOps.Clay;

/// <summary>A person whom a push may send.</summary>
/// <param name="PoRowId">Their row's id.</param>
/// <param name="Person">Null where they are not in the campaign any more.</param>
public sealed record PushCandidate(string PoRowId, CampaignProspect? Person);
