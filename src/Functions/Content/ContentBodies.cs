using ProspectOps.Content;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Content;

/// <summary>The bodies of the content requests.</summary>
public sealed record SequenceBody(string? Industry, Prospect? Prospect, Analysis? Analysis, int? Steps, string? Tone, string? Language, Sender? Sender);

/// <inheritdoc cref="SequenceBody"/>
public sealed record ContentBatchBody(string? Industry, IReadOnlyList<Prospect>? Prospects, int? Steps);

/// <inheritdoc cref="SequenceBody"/>
public sealed record LinkedinBody(string? Industry, Prospect? Prospect, LinkedinKind? Kind, Analysis? Analysis, string? Tone, string? Language, Sender? Sender);

/// <inheritdoc cref="SequenceBody"/>
public sealed record VideoBody(string? Industry, Prospect? Prospect, int? Seconds, Analysis? Analysis, string? Tone, string? Language, Sender? Sender);
