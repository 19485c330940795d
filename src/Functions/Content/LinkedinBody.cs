using System.ComponentModel.DataAnnotations;
using ProspectOps.Content;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Content;

/// <summary>What a request for a LinkedIn message holds.</summary>
public sealed record LinkedinBody([Required] string? Industry, [Required] Prospect? Prospect, [Required] LinkedinKind? Kind, Analysis? Analysis, string? Tone, string? Language, Sender? Sender);
