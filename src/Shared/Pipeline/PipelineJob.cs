using ProspectOps.Tenancy;

namespace ProspectOps.Pipeline;

/// <summary>What every step of one pipeline is told: references, never lists.</summary>
/// <param name="Joins">Its people join a campaign that others are in: it is told of them alone, and some of them may be there already.</param>
/// <param name="Waiting">Where a new generation of its orchestration goes on; null at the start.</param>
public sealed record PipelineJob(
    string Tenant, string WorkflowId, string CampaignId, string Industry, string? UploadId, PipelineSettings Settings, bool Joins = false, DeliveryWait? Waiting = null)
{
    public TenantId TenantId => TenantId.Recorded(Tenant);

    /// <summary>The orchestration's id: derived, never given out.</summary>
    public static string InstanceId(TenantId tenant, string workflowId) => $"{tenant.Value}-{workflowId}";
}
