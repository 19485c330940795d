using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

public sealed record CreateKeyRequest(
    string? Name, IReadOnlyList<string>? Scopes, string? TenantId, DateTimeOffset? ExpiresAt, IReadOnlyList<string>? AllowedNetworks, int? RateLimitPerMinute, QuotaSettings? Quotas, int? RotateEveryDays);
