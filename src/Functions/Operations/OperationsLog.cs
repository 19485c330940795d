using Microsoft.Extensions.Logging;

namespace ProspectOps.Functions.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(7101, LogLevel.Warning, "The sweep at start failed; the timer sweeps again")]
    public static partial void StartSweepFailed(this ILogger log, Exception exception);

    [LoggerMessage(7102, LogLevel.Warning, "Health check {Check} failed")]
    public static partial void HealthCheckFailed(this ILogger log, Exception exception, string check);
}
