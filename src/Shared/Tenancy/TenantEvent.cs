using System.Security.Cryptography;
using System.Text;
using ProspectOps.Platform.Ids;

namespace ProspectOps.Tenancy;

/// <summary>Something that a tenant should know, as a webhook event.</summary>
/// <param name="EventId"><c>evt_…</c>, the same however often the same thing is raised.</param>
/// <param name="Type">Such as <c>quota.warning</c>.</param>
/// <param name="Data">Serialized as the event's <c>data</c>.</param>
public sealed record TenantEvent(TenantId Tenant, string EventId, string Type, DateTimeOffset At, object Data)
{
    /// <summary>The id of what <paramref name="what"/> names, once in a tenant.</summary>
    public static string IdOf(TenantId tenant, string type, string what) =>
        $"evt_{Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant.Value}|{type}|{what}")), 26)}";
}
