using System.Text.Json.Serialization;
using ProspectOps.Prospects;

namespace ProspectOps.Campaigns;

/// <summary>A person in a campaign, as the API answers it.</summary>
/// <param name="Validation">Null for a person without an address, or where addresses were not to be checked.</param>
public sealed record CampaignProspect(
    string ProspectKey,
    Prospect Prospect,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ProspectValidation? Validation,
    Analysis Analysis,
    ProspectContent? Content,
    ProspectTracking Tracking);
