namespace ProspectOps.Functions.Prospects;

public sealed record AnalyzeBatchView(IReadOnlyList<AnalyzeBatchItem> Results, AnalyzeBatchSummary Summary);
