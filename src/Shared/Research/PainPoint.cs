namespace ProspectOps.Research;

/// <summary>Something that hurts.</summary>
/// <param name="Text">A whole sentence about the industry, without naming anybody.</param>
/// <param name="Phrase">The same as a lower-case phrase that fits after "dealing with": "bonus hunters who leave after the first deposit".</param>
public sealed record PainPoint(string Id, string Text, string Phrase);
