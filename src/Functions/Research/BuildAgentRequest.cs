using System.ComponentModel.DataAnnotations;

namespace ProspectOps.Functions.Research;

public sealed record BuildAgentRequest([Required] string? Industry, [Length(0, 10_000)] string? Notes, bool? Refresh);
