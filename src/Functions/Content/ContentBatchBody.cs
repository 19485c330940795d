using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProspectOps.Prospects;

namespace ProspectOps.Functions.Content;

/// <summary>What a request for messages to many people holds.</summary>
public sealed record ContentBatchBody([Required] string? Industry, [Required, Length(1, 100)] IReadOnlyList<Prospect>? Prospects, [Range(1, 10), DefaultValue(4)] int? Steps);
