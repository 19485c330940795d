namespace ProspectOps.Webhooks;

/// <summary>Message of queue <c>webhook-deliveries</c>: which batch is due, and the turn that it is due for.</summary>
/// <param name="Dead">In the poison queue alone: the deliveries of the batch that are dead.</param>
/// <param name="Reminder">In the poison queue alone: what reminds of them until they are recorded.</param>
public sealed record DeliveryMessage(int V, string TenantId, string EndpointId, string Batch, int Turn, IReadOnlyList<DeadDelivery>? Dead = null, string? Reminder = null)
{
    public const string Queue = "webhook-deliveries";
    public const string PoisonQueue = Queue + "-poison";
    public const int CurrentVersion = 1;

    // A queue hides nothing for longer than 7 days. What is due later, of a slow replay or a long schedule, finds nothing to do then, and the sweeper sends a fresh one in time.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(6);

    /// <summary>How long the message for a moment has to be hidden: queues count in whole seconds, and one that comes too early is dropped.</summary>
    internal static TimeSpan DelayUntil(DateTimeOffset at, DateTimeOffset now)
    {
        var delay = at > now ? TimeSpan.FromSeconds(Math.Ceiling((at - now).TotalSeconds)) : TimeSpan.Zero;
        return delay < LongestDelay ? delay : LongestDelay;
    }

    internal static DeliveryMessage Of(DeliveryBatch batch) => new(CurrentVersion, batch.Tenant.Value, batch.EndpointId, batch.Name, batch.Turn);
}
