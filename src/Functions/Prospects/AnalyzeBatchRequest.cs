using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace ProspectOps.Functions.Prospects;

/// <param name="Prospects">Looked at one by one: one bad prospect fails alone.</param>
public sealed record AnalyzeBatchRequest([Required] string? Industry, [Required, Length(1, 500)] IReadOnlyList<JsonElement>? Prospects);
