using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProspectOps.Content;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Content;

/// <summary>The bodies of the content requests.</summary>
public sealed record SequenceBody([Required] string? Industry, [Required] Prospect? Prospect, Analysis? Analysis, [Range(1, 10), DefaultValue(4)] int? Steps, string? Tone, string? Language, Sender? Sender);

/// <inheritdoc cref="SequenceBody"/>
public sealed record ContentBatchBody([Required] string? Industry, [Required, Length(1, 100)] IReadOnlyList<Prospect>? Prospects, [Range(1, 10), DefaultValue(4)] int? Steps);

/// <inheritdoc cref="SequenceBody"/>
public sealed record LinkedinBody([Required] string? Industry, [Required] Prospect? Prospect, [Required] LinkedinKind? Kind, Analysis? Analysis, string? Tone, string? Language, Sender? Sender);

/// <inheritdoc cref="SequenceBody"/>
public sealed record VideoBody([Required] string? Industry, [Required] Prospect? Prospect, [Range(30, 120), DefaultValue(60)] int? Seconds, Analysis? Analysis, string? Tone, string? Language, Sender? Sender);
