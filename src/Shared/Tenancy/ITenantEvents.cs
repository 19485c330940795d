namespace ProspectOps.Tenancy;

/// <summary>Where events about a tenant go: planned for every endpoint of it that listens. Whoever raises one may raise it again after a crash: one of the same type and key is told once.</summary>
public interface ITenantEvents
{
    Task RaiseAsync(TenantNotice happened, CancellationToken cancellationToken);
}
