using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

internal static partial class TenancyLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Key {KeyId} could not be checked again")]
    public static partial void KeyCheckFailed(this ILogger log, Exception exception, string keyId);

    [LoggerMessage(1002, LogLevel.Warning, "Tenant {TenantId} could not be checked again")]
    public static partial void TenantCheckFailed(this ILogger log, Exception exception, string tenantId);

    [LoggerMessage(1003, LogLevel.Warning, "{EventType} for tenant {TenantId}: {EventId}")]
    public static partial void EventRaised(this ILogger log, string eventType, TenantId tenantId, string eventId);

    [LoggerMessage(1004, LogLevel.Error, "What became of quota {Quota} of tenant {TenantId} could not be announced; it is tried again with its next use")]
    public static partial void QuotaNotAnnounced(this ILogger log, Exception exception, string quota, TenantId tenantId);

    [LoggerMessage(1005, LogLevel.Error, "Unused quota of tenant {TenantId} could not be given back; it is tried again")]
    public static partial void QuotaNotGivenBack(this ILogger log, Exception exception, TenantId tenantId);
}
