using ProspectOps.Prospects;

namespace ProspectOps.Functions.Prospects;

public sealed record AnalyzeRequest(string? Industry, Prospect? Prospect);
