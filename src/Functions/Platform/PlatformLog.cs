using Microsoft.Extensions.Logging;

namespace ProspectOps.Functions.Platform;

internal static partial class PlatformLog
{
    [LoggerMessage(101, LogLevel.Error, "{Function} failed, request {RequestId}")]
    public static partial void RequestFailed(this ILogger log, Exception exception, string function, string requestId);
}
