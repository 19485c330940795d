using System.Runtime.CompilerServices;
using ProspectOps.Research;

namespace ProspectOps.Prospects.Scoring;

/// <summary>Scores by a pack's rubric alone. The same pack and prospect give the same analysis on every machine; see docs/adr/0014-scoring-by-rubric.md.</summary>
/// <remarks>Takes the pack as checked: <see cref="PackLibrary"/> gives no other out. Safe for any number of threads.</remarks>
public sealed class RulesAnalyst(IFreeMailDomains freeMail) : IProspectAnalyst
{
    // By the pack itself, not its id: a pack with the same id may have been replaced.
    private readonly ConditionalWeakTable<IndustryPack, PackRules> _rules = [];

    public Task<IReadOnlyList<Analysis>> AnalyzeAsync(IndustryPack pack, IReadOnlyList<KeyedProspect> prospects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(prospects);
        var rules = _rules.GetValue(pack, pack => new PackRules(pack));
        var analyses = new Analysis[prospects.Count];
        for (var i = 0; i < analyses.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            analyses[i] = Analyze(rules, prospects[i]);
        }
        return Task.FromResult<IReadOnlyList<Analysis>>(analyses);
    }

    private Analysis Analyze(PackRules rules, KeyedProspect keyed)
    {
        var weighing = new Weighing(rules, keyed.Prospect, freeMail);
        weighing.Run();
        return new Analysis(
            keyed.Key,
            weighing.Score,
            TierThresholds.TierOf(weighing.Score),
            weighing.Reasons,
            weighing.Persona is { } persona ? [.. persona.Pains.Select(id => rules.Pack.Pains.First(pain => pain.Id == id).Text)] : [],
            [.. weighing.Signals.Select(Signal)],
            Approach.For(rules, weighing.Persona, weighing.TitleIsKnown, weighing.Signals is [var first, ..] ? first.Trigger : null),
            weighing.Confidence,
            "rules",
            Cached: false,
            ModelUsage.None);
    }

    private static string Signal(FoundTrigger found) => $"{found.Trigger.Text} Seen in {found.Field}: \"{found.Words}\".";
}
