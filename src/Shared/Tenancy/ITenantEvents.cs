namespace ProspectOps.Tenancy;

/// <summary>Where events about a tenant go: planned for every endpoint of it that listens. Whoever raises one may raise it again after a crash: the same <see cref="TenantEvent.EventId"/> is planned once.</summary>
public interface ITenantEvents
{
    Task RaiseAsync(TenantEvent happened, CancellationToken cancellationToken);
}
