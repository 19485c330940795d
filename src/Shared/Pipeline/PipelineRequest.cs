using System.ComponentModel.DataAnnotations;
using ProspectOps.Prospects;

namespace ProspectOps.Pipeline;

/// <summary>What a caller asks of a complete pipeline.</summary>
public sealed record PipelineRequest
{
    [Required, Length(1, 200)]
    public string? Name { get; init; }
    [Required]
    public string? Industry { get; init; }
    /// <summary>These, or <see cref="UploadId"/>.</summary>
    [Length(1, 1000)]
    public IReadOnlyList<Prospect>? Prospects { get; init; }
    public string? UploadId { get; init; }
    public PipelineRequestOptions? Options { get; init; }
}
