using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Publishes what tenancy raises: quotas, keys.</summary>
internal sealed class TenantEventRelay(EventPublisher events) : ITenantEvents
{
    public Task RaiseAsync(Tenancy.TenantEvent happened, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return events.PublishAsync(new TenantEvent(happened.Tenant, happened.Type, happened.EventId, happened.Data), cancellationToken);
    }
}
