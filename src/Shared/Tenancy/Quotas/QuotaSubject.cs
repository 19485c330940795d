namespace ProspectOps.Tenancy.Quotas;

/// <summary>On whose account work is done.</summary>
/// <param name="KeyId">The key that asked for it, whose own quotas apply too; null where no key did.</param>
public readonly record struct QuotaSubject(TenantId Tenant, string? KeyId)
{
    public static QuotaSubject Of(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new QuotaSubject(caller.Tenant, caller.KeyId);
    }
}
