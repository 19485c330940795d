using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

internal static partial class TenancyLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Key {KeyId} could not be checked again")]
    public static partial void KeyCheckFailed(this ILogger log, Exception exception, string keyId);

    [LoggerMessage(1002, LogLevel.Warning, "Tenant {TenantId} could not be checked again")]
    public static partial void TenantCheckFailed(this ILogger log, Exception exception, string tenantId);

    [LoggerMessage(1003, LogLevel.Warning, "{EventType} for tenant {TenantId}: {Key}")]
    public static partial void EventRaised(this ILogger log, string eventType, TenantId tenantId, string key);

    [LoggerMessage(1004, LogLevel.Error, "What became of quota {Quota} of tenant {TenantId} could not be announced; it is tried again with its next use")]
    public static partial void QuotaNotAnnounced(this ILogger log, Exception exception, string quota, TenantId tenantId);

    [LoggerMessage(1005, LogLevel.Error, "Unused quota of tenant {TenantId} could not be given back; it is tried again")]
    public static partial void QuotaNotGivenBack(this ILogger log, Exception exception, TenantId tenantId);

    [LoggerMessage(1006, LogLevel.Warning, "What is used of the limit of key {KeyId} could not be shared; this process counts alone")]
    public static partial void LimitNotShared(this ILogger log, Exception exception, string keyId);

    [LoggerMessage(1007, LogLevel.Error, "{Count} {What} could not be written; they are tried again")]
    public static partial void BatchNotWritten(this ILogger log, Exception exception, int count, string what);

    [LoggerMessage(1008, LogLevel.Warning, "{Count} {What} were dropped: the store does not keep up")]
    public static partial void BatchDropped(this ILogger log, long count, string what);

    [LoggerMessage(1009, LogLevel.Information, "Tenant {TenantId} is erased: {Rows} rows, {Blobs} blobs")]
    public static partial void TenantErased(this ILogger log, string tenantId, long rows, long blobs);
}
