using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

internal static partial class TenancyLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Key {KeyId} could not be checked again")]
    public static partial void KeyCheckFailed(this ILogger log, Exception exception, string keyId);
}
