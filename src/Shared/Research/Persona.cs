namespace ProspectOps.Research;

/// <summary>A kind of person who buys or decides.</summary>
/// <param name="TitleWords">Lower-case words or phrases; a job title that holds one as whole words is this persona.</param>
/// <param name="Focus">What they answer for, as a noun phrase that fits after "responsible for": "player retention and VIP revenue".</param>
/// <param name="Words">Words that they use themselves.</param>
/// <param name="Pains">Ids of their pains, the sharpest first.</param>
public sealed record Persona(string Id, string Name, IReadOnlyList<string> TitleWords, string Focus, IReadOnlyList<string> Words, IReadOnlyList<string> Pains);
