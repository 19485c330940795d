namespace ProspectOps.Research;

/// <summary>What they gain.</summary>
/// <param name="Text">A whole sentence.</param>
/// <param name="Phrase">A lower-case verb phrase that fits after "we help online casinos": "keep new players past their first month".</param>
/// <param name="Pains">Ids of the pains that it eases.</param>
public sealed record ValueProposition(string Id, string Text, string Phrase, IReadOnlyList<string> Pains);
