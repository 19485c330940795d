using ProspectOps.Prospects;

namespace ProspectOps.Functions.Prospects;

public sealed record AnalyzeBatchItem(int Index, bool Ok, Analysis? Analysis, AnalyzeBatchError? Error);
