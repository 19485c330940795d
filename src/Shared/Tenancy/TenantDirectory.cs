using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

/// <summary>Tenants as they were no longer than 5 s ago: what every request asks, from memory.</summary>
public sealed class TenantDirectory
{
    private readonly FreshCache<Tenant> _tenants;

    public TenantDirectory(TenantStore store, TimeProvider clock, ILogger<TenantDirectory> log) =>
        _tenants = new FreshCache<Tenant>((id, token) => store.FindAsync(TenantId.Recorded(id), token), log.TenantCheckFailed, clock);

    public ValueTask<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken) => _tenants.FindAsync(tenant.Value, cancellationToken);

    /// <summary>Its next use reads it again: it was changed here.</summary>
    public void Forget(TenantId tenant) => _tenants.Forget(tenant.Value);
}
