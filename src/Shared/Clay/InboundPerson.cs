using ProspectOps.Prospects;

namespace ProspectOps.Clay;

/// <summary>What a row says of a person of a campaign, on its way to the pipeline.</summary>
public sealed record InboundPerson(string ProspectKey, Prospect Prospect);
