using System.Text.Json.Serialization;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

/// <summary>A new key.</summary>
/// <param name="Key">The whole key: shown this once.</param>
public sealed record CreatedKeyView(
    string KeyId, string Key, string Prefix, string TenantId, string Name, string Status, IReadOnlyList<string> Scopes, int RateLimitPerMinute, IReadOnlyList<string> AllowedNetworks, QuotaSettings Quotas,
    int? RotateEveryDays, DateTimeOffset? RotationDueAt, DateTimeOffset CreatedAt, string? CreatedBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? ExpiresAt);
