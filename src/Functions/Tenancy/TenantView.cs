using System.Text.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

/// <summary>A tenant as the operator sees it.</summary>
public sealed record TenantView(string TenantId, string Name, TenantStatus Status, IReadOnlyDictionary<string, JsonElement> Settings, QuotaSettings Quotas, DateTimeOffset CreatedAt)
{
    public static TenantView Of(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new TenantView(tenant.Id.Value, tenant.Name, tenant.Status, tenant.Settings, tenant.Quotas, tenant.CreatedAt);
    }
}
