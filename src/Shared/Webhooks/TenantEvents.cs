using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>What tenancy has to tell, told to every endpoint of the tenant that listens.</summary>
internal sealed class TenantEvents(EventPublisher publisher) : ITenantEvents
{
    public Task RaiseAsync(TenantNotice happened, CancellationToken cancellationToken) =>
        publisher.PublishAsync(new TenantEvent(happened.Tenant, happened.Type, happened.Key, happened.Data), cancellationToken);
}
