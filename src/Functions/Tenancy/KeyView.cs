using System.Text.Json.Serialization;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

/// <summary>A key as lists show it, without its secret.</summary>
/// <param name="Prefix">What the key begins with.</param>
/// <param name="LastUsed">Null for one that was never used.</param>
public sealed record KeyView(
    string KeyId, string Prefix, string TenantId, string Name, string Status, IReadOnlyList<string> Scopes, int RateLimitPerMinute, IReadOnlyList<string> AllowedNetworks, QuotaSettings Quotas,
    int? RotateEveryDays, DateTimeOffset? RotationDueAt, DateTimeOffset CreatedAt, string? CreatedBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    string? PreviousKeyId, string? NextKeyId, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? LastUsedAt, KeyUseView? LastUsed)
{
    public static KeyView Of(KeyRecord key, KeyUsed? used, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyView(
            IdOf(key.KeyId)!, $"po_{key.KeyId}", key.Tenant.Value, key.Name, StatusOf(key, now), key.Scopes, key.RateLimitPerMinute, [.. key.AllowedNetworks.Select(network => network.ToString())], key.Quotas,
            key.RotateEveryDays, key.RotationDueAt, key.CreatedAt, IdOf(key.CreatedBy), key.ExpiresAt, key.RevokedAt,
            IdOf(key.PreviousKeyId), IdOf(key.NextKeyId), used?.At, used is null ? null : new KeyUseView(used.At, used.Address, used.Agent));
    }

    public static string? IdOf(string? keyId) => keyId is null ? null : $"key_{keyId}";

    private static string StatusOf(KeyRecord key, DateTimeOffset now) =>
        key.RevokedAt is not null ? "revoked" : !key.IsUsableAt(now) ? "expired" : key.NextKeyId is not null ? "rotating" : "active";
}
