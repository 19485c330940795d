using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProspectOps.Content;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Content;

/// <summary>What a request for a video script holds.</summary>
public sealed record VideoBody([Required] string? Industry, [Required] Prospect? Prospect, [Range(30, 120), DefaultValue(60)] int? Seconds, Analysis? Analysis, string? Tone, string? Language, Sender? Sender);
