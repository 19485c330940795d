using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Message of queue <c>webhook-work</c>: something to do with many deliveries at once.</summary>
/// <param name="Id">The replay, where it is one.</param>
public sealed record EndpointWorkMessage(int V, string TenantId, string EndpointId, EndpointWorkKind Kind, string? Id = null)
{
    public const string Queue = "webhook-work";
    public const string PoisonQueue = Queue + "-poison";
    public const int CurrentVersion = 1;

    /// <summary>What waits goes out.</summary>
    public static EndpointWorkMessage Release(TenantId tenant, string endpointId) => new(CurrentVersion, tenant.Value, endpointId, EndpointWorkKind.Release);

    /// <summary>What is open ends.</summary>
    public static EndpointWorkMessage End(TenantId tenant, string endpointId) => new(CurrentVersion, tenant.Value, endpointId, EndpointWorkKind.End);

    public static EndpointWorkMessage Replay(TenantId tenant, string endpointId, string replayId) => new(CurrentVersion, tenant.Value, endpointId, EndpointWorkKind.Replay, replayId);

    /// <param name="endpointId">Empty for every endpoint.</param>
    public static EndpointWorkMessage RetryAll(TenantId tenant, string endpointId) => new(CurrentVersion, tenant.Value, endpointId, EndpointWorkKind.RetryDeadLetters);
}
