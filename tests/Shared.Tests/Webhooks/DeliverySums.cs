namespace ProspectOps.Tests.Webhooks;

/// <summary>What was counted of a workflow's events.</summary>
internal sealed record DeliverySums(long Events, long Attempted, long Answered, long Retrying, long Dead, long WorkflowDelivered, long CampaignDelivered);
