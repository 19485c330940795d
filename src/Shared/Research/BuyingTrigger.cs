namespace ProspectOps.Research;

/// <summary>Something that makes a purchase likely now.</summary>
/// <param name="Phrase">A lower-case phrase that fits after "you are": "entering a newly regulated market".</param>
/// <param name="Keywords">Lower-case words or phrases that betray it in free text.</param>
public sealed record BuyingTrigger(string Id, string Text, string Phrase, IReadOnlyList<string> Keywords);
