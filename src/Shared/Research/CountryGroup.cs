namespace ProspectOps.Research;

/// <summary>Countries that score alike, by ISO 3166 alpha-2 code, and why.</summary>
public sealed record CountryGroup(IReadOnlyList<string> Countries, int Points, string Why);
