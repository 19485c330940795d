using ProspectOps.Prospects;

namespace ProspectOps.Pipeline;

/// <summary>What a caller asks of a complete pipeline.</summary>
public sealed record PipelineRequest
{
    public string? Name { get; init; }
    public string? Industry { get; init; }
    public IReadOnlyList<Prospect>? Prospects { get; init; }
    public string? UploadId { get; init; }
    public PipelineRequestOptions? Options { get; init; }
}
