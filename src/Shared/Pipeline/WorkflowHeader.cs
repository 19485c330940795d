using System.Text.Json.Serialization;

namespace ProspectOps.Pipeline;

/// <summary>What is known of a workflow but for its counters.</summary>
public sealed record WorkflowHeader
{
    public required string WorkflowId { get; init; }

    /// <summary>One of <see cref="WorkflowKind"/>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public string? CampaignId { get; init; }
    public string? Name { get; init; }
    public required string Industry { get; init; }
    public string? UploadId { get; init; }
    public PipelineSettings? Settings { get; init; }
    public WorkflowStatus Status { get; init; }
    public WorkflowControl Control { get; init; }
    public bool? Approved { get; init; }
    public string? ApprovalNote { get; init; }
    public required IReadOnlyList<StageRecord> Stages { get; init; }
    public IntakeCounts? Intake { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? Error { get; init; }

    /// <summary>How the store knows this state of it.</summary>
    [JsonIgnore]
    public string? Version { get; init; }

    [JsonIgnore]
    public bool IsFinished => Status is WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Canceled;

    public PipelineJob Job(string tenant) =>
        new(tenant, WorkflowId, CampaignId ?? "", Industry, UploadId, Settings ?? new PipelineSettings(), Joins: Kind == WorkflowKind.ClayInbound);

    public WorkflowHeader WithStage(string name, Func<StageRecord, StageRecord> change) =>
        this with { Stages = [.. Stages.Select(stage => stage.Name == name ? change(stage) : stage)] };
}
