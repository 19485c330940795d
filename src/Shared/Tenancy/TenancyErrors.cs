using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy;

public static class TenancyErrors
{
    public static DomainError KeyMissing { get; } = new(ErrorKind.Unauthenticated, "api_key_missing", "The request carries no API key.")
    {
        Fix = "Send the key in header X-API-Key, or as Authorization: Bearer.",
    };

    /// <summary>Unknown, revoked, expired and mistyped look the same from outside, so that none can be told from another.</summary>
    public static DomainError KeyInvalid { get; } = new(ErrorKind.Unauthenticated, "api_key_invalid", "The API key is unknown, revoked or expired.")
    {
        Fix = "Check that the whole key was sent; ask an administrator for a new one.",
    };

    public static DomainError ScopeMissing(string scope) => new(ErrorKind.Forbidden, "scope_missing", $"The API key lacks the scope {scope}.")
    {
        Fix = $"Use a key with the scope {scope}.",
    };

    public static DomainError OperatorOnly { get; } = new(ErrorKind.Forbidden, "operator_only", "Only tenant default may do this.")
    {
        Fix = "Use an admin key of tenant default.",
    };

    public static DomainError KeyNotFound { get; } = new(ErrorKind.NotFound, "key_not_found", "There is no such key.")
    {
        Fix = "Use a keyId that GET /api/manage/keys lists.",
    };

    public static DomainError TenantNotFound { get; } = new(ErrorKind.NotFound, "tenant_not_found", "There is no such tenant.")
    {
        Fix = "Use a tenantId that GET /api/manage/tenants lists.",
    };

    public static DomainError ScopeUngrantable(string scope) => new(ErrorKind.Forbidden, "scope_not_grantable", $"A key without the scope {scope} cannot grant it.")
    {
        Fix = "Leave that scope out, or ask with a key that has it.",
    };

    public static DomainError QuotaExceeded(string quota, DateTimeOffset resetsAt, DateTimeOffset now) => new(
        ErrorKind.TooMany, "quota_exceeded", $"The quota {quota} is used up until {resetsAt:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
    {
        Fix = "Wait until it resets, or ask the operator for more.",
        RetryAfter = resetsAt - now,
        ResetsAt = resetsAt,
    };

    public static DomainError RateLimited(TimeSpan retryAfter) => new(ErrorKind.TooMany, "rate_limited", "The key's requests of this minute are used up.")
    {
        Fix = "Wait for as long as Retry-After says.",
        RetryAfter = retryAfter,
    };
}
