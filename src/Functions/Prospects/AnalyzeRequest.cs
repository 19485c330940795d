using System.ComponentModel.DataAnnotations;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Prospects;

public sealed record AnalyzeRequest([Required] string? Industry, [Required] Prospect? Prospect);
