namespace ProspectOps.Functions.Research;

/// <summary>Every industry that can be researched.</summary>
public sealed record IndustriesView(IReadOnlyList<IndustryView> Items);
