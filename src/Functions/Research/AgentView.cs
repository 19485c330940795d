using ProspectOps.Research;

namespace ProspectOps.Functions.Research;

/// <summary>An agent as the API answers it: the pack, and where it comes from.</summary>
public sealed record AgentView(
    string Industry,
    string Name,
    string Summary,
    string Audience,
    string Source,
    DateTimeOffset? BuiltAt,
    DateTimeOffset? ExpiresAt,
    string? Notes,
    IReadOnlyList<Persona> Personas,
    IReadOnlyList<PainPoint> Pains,
    IReadOnlyList<BuyingTrigger> Triggers,
    IReadOnlyList<string> Vocabulary,
    IReadOnlyList<Objection> Objections,
    IReadOnlyList<ValueProposition> ValuePropositions,
    IReadOnlyList<ComplianceNote> Compliance,
    ScoringRubric Rubric)
{
    public static AgentView Of(Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        var pack = agent.Pack ?? throw new ArgumentException("The agent has no pack.", nameof(agent));
        return new AgentView(agent.Industry, pack.Name, pack.Summary, pack.Audience, agent.Source, agent.BuiltAt, agent.ExpiresAt, agent.Notes,
            pack.Personas, pack.Pains, pack.Triggers, pack.Vocabulary, pack.Objections, pack.ValuePropositions, pack.Compliance, pack.Rubric);
    }
}
