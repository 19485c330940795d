using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProspectOps.Content;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Content;

/// <summary>What a request for a sequence of messages holds.</summary>
public sealed record SequenceBody([Required] string? Industry, [Required] Prospect? Prospect, Analysis? Analysis, [Range(1, 10), DefaultValue(4)] int? Steps, string? Tone, string? Language, Sender? Sender);
