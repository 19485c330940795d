namespace ProspectOps.Functions.Pipeline;

/// <summary>A workflow that was started or is to change.</summary>
/// <param name="Links">What can be asked of it.</param>
/// <param name="DeliverySecret">What deliveries are signed with, where an endpoint was named.</param>
public sealed record StartedView(string WorkflowId, string? CampaignId, string StatusUrl, WorkflowLinks? Links, string? DeliverySecret)
{
    public static StartedView Of(string workflowId, string? campaignId = null) => new(workflowId, campaignId, UrlOf(workflowId), null, null);

    public static string UrlOf(string workflowId) => $"/api/workflows/{workflowId}";
}
