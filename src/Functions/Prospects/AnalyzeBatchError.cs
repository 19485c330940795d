namespace ProspectOps.Functions.Prospects;

public sealed record AnalyzeBatchError(string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors);
