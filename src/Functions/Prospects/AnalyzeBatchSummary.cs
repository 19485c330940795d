using ProspectOps.Prospects;

namespace ProspectOps.Functions.Prospects;

public sealed record AnalyzeBatchSummary(int Total, int Succeeded, int Failed, int Cached, IReadOnlyDictionary<string, int> ByTier, ModelUsage Usage)
{
    public static AnalyzeBatchSummary Of(IReadOnlyList<AnalyzeBatchItem> results)
    {
        var analyses = results.Where(result => result.Ok).Select(result => result.Analysis!).ToArray();
        return new AnalyzeBatchSummary(
            results.Count,
            analyses.Length,
            results.Count - analyses.Length,
            analyses.Count(analysis => analysis.Cached),
            Enum.GetValues<Tier>().ToDictionary(tier => tier.ToString(), tier => analyses.Count(analysis => analysis.Tier == tier)),
            new ModelUsage(analyses.Sum(analysis => analysis.Usage.InputTokens), analyses.Sum(analysis => analysis.Usage.OutputTokens), analyses.Sum(analysis => analysis.Usage.CostUsd)));
    }
}
