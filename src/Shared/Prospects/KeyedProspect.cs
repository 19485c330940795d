namespace ProspectOps.Prospects;

/// <summary>A prospect and the key that stands for the person.</summary>
public sealed record KeyedProspect(string Key, Prospect Prospect);
