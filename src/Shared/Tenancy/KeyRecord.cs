namespace ProspectOps.Tenancy;

/// <summary>What is stored of an API key.</summary>
/// <param name="Hash">Keyed hash of the whole key.</param>
/// <param name="RateLimitPerMinute">Requests in any 60 s.</param>
public sealed record KeyRecord(
    string KeyId,
    TenantId Tenant,
    string Name,
    IReadOnlyList<string> Scopes,
    byte[] Hash,
    int RateLimitPerMinute,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt)
{
    public const int DefaultRateLimitPerMinute = 100;

    public bool IsUsableAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } expires || expires > now);
}
