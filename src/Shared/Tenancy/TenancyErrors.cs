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

    public static DomainError NetworkNotAllowed { get; } = new(ErrorKind.Forbidden, "network_not_allowed", "The API key may not be used from this address.")
    {
        Fix = "Call from one of the key's allowedNetworks, or use another key.",
    };

    public static DomainError TenantSuspended { get; } = new(ErrorKind.Forbidden, "tenant_suspended", "The tenant of this API key is suspended.")
    {
        Fix = "Ask the operator to make it active again.",
    };

    public static DomainError LastAdminKey { get; } = new(ErrorKind.Conflict, "last_admin_key", "This is the tenant's last key that can administer it.")
    {
        Fix = "Make another key with admin:write first.",
    };

    public static DomainError KeyNotActive { get; } = new(ErrorKind.Conflict, "key_not_active", "The key is revoked or expired.")
    {
        Fix = "Make a new key.",
    };

    public static DomainError KeyAlreadyRotated(string nextKeyId) => new(ErrorKind.Conflict, "key_already_rotated", $"The key is already replaced by key_{nextKeyId}.")
    {
        Fix = "Rotate the key that replaced it.",
    };

    public static DomainError KeyChanged { get; } = new(ErrorKind.Conflict, "key_changed", "Somebody else is changing this key.")
    {
        Fix = "Look at it, and try again if it is still needed.",
    };

    public static DomainError DefaultTenantStays { get; } = new(ErrorKind.Conflict, "default_tenant_stays", "Tenant default can be neither suspended nor deleted.")
    {
        Fix = "Name another tenant.",
    };

    public static DomainError TenantChanged { get; } = new(ErrorKind.Conflict, "tenant_changed", "Somebody else is changing this tenant.")
    {
        Fix = "Look at it, and try again if it is still needed.",
    };
}
