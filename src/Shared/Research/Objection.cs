namespace ProspectOps.Research;

/// <summary>What they say against it, and an honest answer of one or two sentences.</summary>
public sealed record Objection(string Id, string Text, string Answer);
