namespace ProspectOps.Webhooks;

/// <summary>Message of queue <c>webhook-deliveries</c>: which batch is due, and the attempt that it is due for.</summary>
/// <param name="Index">In the poison queue alone: the delivery of the batch that is dead.</param>
/// <param name="Cause">In the poison queue alone.</param>
public sealed record DeliveryMessage(int V, string TenantId, string EndpointId, string Batch, int Attempt, int? Index = null, string? Cause = null)
{
    public const string Queue = "webhook-deliveries";
    public const string PoisonQueue = Queue + "-poison";
    public const int CurrentVersion = 1;
}
