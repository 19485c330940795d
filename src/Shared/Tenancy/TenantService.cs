using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Tenancy;

/// <summary>What the operator does with tenants. Every change is in the audit log before it is made.</summary>
public sealed class TenantService(TenantStore tenants, TenantDirectory directory, AuditLog audit, TimeProvider clock)
{
    private const int Attempts = 50;

    /// <param name="seed">Decides its id: the same request made twice makes one tenant.</param>
    /// <exception cref="DomainException"><c>operator_only</c>, <c>validation_failed</c>.</exception>
    public async Task<Tenant> CreateAsync(Caller caller, TenantChanges wanted, string seed, CancellationToken cancellationToken)
    {
        RequireOperator(caller, "admin:write");
        ArgumentNullException.ThrowIfNull(wanted);
        wanted.Check(needsName: true);
        var tenant = new Tenant { Id = TenantId.New(caller, seed), Name = wanted.Name!, CreatedAt = clock.GetUtcNow() };
        tenant = tenant with { Status = wanted.Status ?? tenant.Status, Settings = wanted.Settings ?? tenant.Settings, Quotas = wanted.Quotas ?? tenant.Quotas };
        await audit.RecordAsync(tenant.Id, AuditDraft.By(caller, "tenant.create", tenant.Id.Value, null, Shown(tenant)), cancellationToken);
        await tenants.AddAsync(tenant, cancellationToken);
        directory.Forget(tenant.Id);
        return tenant;
    }

    /// <exception cref="DomainException"><c>operator_only</c>, <c>tenant_not_found</c>.</exception>
    public async Task<Tenant> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        RequireOperator(caller, "admin:read");
        return TenantId.TryNamed(caller, "admin:read", id, out var tenant) && await tenants.FindAsync(tenant, cancellationToken) is { } found ? found : throw new DomainException(TenancyErrors.TenantNotFound);
    }

    /// <exception cref="DomainException"><c>operator_only</c>.</exception>
    public Task<IReadOnlyList<Tenant>> ListAsync(Caller caller, string after, int limit, CancellationToken cancellationToken)
    {
        RequireOperator(caller, "admin:read");
        return tenants.ListAsync(after, limit, cancellationToken);
    }

    /// <summary>Changes what is given. In other processes it counts within 5 s.</summary>
    /// <exception cref="DomainException"><c>operator_only</c>, <c>tenant_not_found</c>, <c>validation_failed</c>, <c>default_tenant_stays</c>.</exception>
    public async Task<Tenant> ChangeAsync(Caller caller, string id, TenantChanges wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        wanted.Check(needsName: false);
        return await ReplaceAsync(caller, id, "tenant.change", wanted.Status == TenantStatus.Suspended, tenant => tenant.Status == TenantStatus.Deleting
            ? throw new DomainException(TenancyErrors.TenantNotFound)
            : tenant with { Name = wanted.Name ?? tenant.Name, Status = wanted.Status ?? tenant.Status, Settings = wanted.Settings ?? tenant.Settings, Quotas = wanted.Quotas ?? tenant.Quotas }, cancellationToken);
    }

    /// <summary>Takes a tenant out of use, for good: its keys are unknown from now on. What is its own is erased by a workflow. Again is no error.</summary>
    /// <exception cref="DomainException"><c>operator_only</c>, <c>tenant_not_found</c>, <c>default_tenant_stays</c>.</exception>
    public Task<Tenant> BeginDeleteAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ReplaceAsync(caller, id, "tenant.delete", takesOut: true, tenant => tenant with { Status = TenantStatus.Deleting }, cancellationToken);

    private async Task<Tenant> ReplaceAsync(Caller caller, string id, string action, bool takesOut, Func<Tenant, Tenant> change, CancellationToken cancellationToken)
    {
        RequireOperator(caller, "admin:write");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = await FindAsync(caller, id, cancellationToken);
            if (takesOut && before.Id.IsOperator)
                throw new DomainException(TenancyErrors.DefaultTenantStays);
            var after = change(before);
            if (attempt == 0)
                await audit.RecordAsync(before.Id, AuditDraft.By(caller, action, before.Id.Value, Shown(before), Shown(after)), cancellationToken);
            if (!await tenants.TryReplaceAsync(after, cancellationToken))
                continue;
            directory.Forget(after.Id);
            return after;
        }
        throw new DomainException(TenancyErrors.TenantChanged);
    }

    private static void RequireOperator(Caller caller, string scope)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsOperator(scope))
            throw new DomainException(TenancyErrors.OperatorOnly);
    }

    private static object Shown(Tenant tenant) => new { tenantId = tenant.Id.Value, tenant.Name, tenant.Status, tenant.Settings, tenant.Quotas };
}
