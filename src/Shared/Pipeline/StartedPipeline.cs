namespace ProspectOps.Pipeline;

/// <param name="DeliverySecret">What deliveries are signed with, where the request named an endpoint.</param>
public sealed record StartedPipeline(string WorkflowId, string CampaignId, string? DeliverySecret);
