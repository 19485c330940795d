namespace ProspectOps.Research;

/// <summary>What is known of selling to one industry: the research that analysis and content stand on.</summary>
/// <param name="Id">Lower case, digits and hyphens; the file's name.</param>
/// <param name="Audience">How the industry's companies are called in a sentence, in the plural: "online casinos".</param>
public sealed record IndustryPack(
    string Id,
    string Name,
    string Summary,
    string Audience,
    IReadOnlyList<Persona> Personas,
    IReadOnlyList<PainPoint> Pains,
    IReadOnlyList<BuyingTrigger> Triggers,
    IReadOnlyList<string> Vocabulary,
    IReadOnlyList<Objection> Objections,
    IReadOnlyList<ValueProposition> ValuePropositions,
    IReadOnlyList<ComplianceNote> Compliance,
    ScoringRubric Rubric)
{
    /// <summary>What the one who asked for the research noted, kept beside it in their words. A pack with notes belongs to one tenant.</summary>
    public string? Notes { get; init; }
}
