using System.Text.Json;

namespace ProspectOps.Functions.Prospects;

/// <param name="Prospects">Looked at one by one: one bad prospect fails alone.</param>
public sealed record AnalyzeBatchRequest(string? Industry, IReadOnlyList<JsonElement>? Prospects);
