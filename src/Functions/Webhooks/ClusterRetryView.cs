namespace ProspectOps.Functions.Webhooks;

/// <summary>A cluster that is sent again, one delivery first.</summary>
/// <param name="Status"><c>canary</c>: the rest follows when the first one is delivered.</param>
public sealed record ClusterRetryView(string RetryId, string ClusterId, string Status, string CanaryDeliveryId, string StatusUrl);
