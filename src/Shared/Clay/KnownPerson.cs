namespace ProspectOps.Clay;

/// <summary>What is known of a person whose rows carry no id: whose they are, and what last came.</summary>
/// <param name="Identity">The key that the row's own text gives.</param>
/// <param name="ProspectKey">Under which the person is in the campaign: another where their address was found later.</param>
public sealed record KnownPerson(string CampaignId, string Identity, string ProspectKey, string? Content, string? Version);
