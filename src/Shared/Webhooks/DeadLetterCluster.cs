namespace ProspectOps.Webhooks;

/// <summary>Dead letters of one cause.</summary>
/// <param name="Cause">That of the newest.</param>
/// <param name="Answer">The beginning of what was answered to it.</param>
/// <param name="SampleDeliveryId">The newest.</param>
public sealed record DeadLetterCluster(string ClusterId, string? EndpointId, int? Status, string Cause, string? Answer, int Count, DateTimeOffset FirstDeadAt, DateTimeOffset LastDeadAt, string SampleDeliveryId);
