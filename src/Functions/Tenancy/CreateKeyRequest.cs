namespace ProspectOps.Functions.Tenancy;

public sealed record CreateKeyRequest(string? Name, IReadOnlyList<string>? Scopes, string? TenantId, DateTimeOffset? ExpiresAt, int? RateLimitPerMinute);
