using Microsoft.Extensions.Logging;

namespace ProspectOps.Functions.Operations;

internal static partial class OperationsLog
{
    [LoggerMessage(7201, LogLevel.Warning, "The sweep at start failed; the timer sweeps again")]
    public static partial void StartSweepFailed(this ILogger log, Exception exception);

    [LoggerMessage(7202, LogLevel.Warning, "Health check {Check} failed")]
    public static partial void HealthCheckFailed(this ILogger log, Exception exception, string check);

    [LoggerMessage(7203, LogLevel.Information, "{Count} orchestrations that were begun more than {Days} days ago and have ended are forgotten")]
    public static partial void Purged(this ILogger log, int count, int days);

    [LoggerMessage(7204, LogLevel.Information, "Forgetting old orchestrations was stopped after {Minutes} minutes; the rest is for the next run")]
    public static partial void PurgeUnfinished(this ILogger log, double minutes);
}
