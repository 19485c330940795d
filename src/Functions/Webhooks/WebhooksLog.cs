using Microsoft.Extensions.Logging;

namespace ProspectOps.Functions.Webhooks;

internal static partial class WebhooksLog
{
    [LoggerMessage(6101, LogLevel.Warning, "A dead letter could not be recorded, attempt {Attempt}")]
    public static partial void DeadLetterNotYetRecorded(this ILogger log, Exception exception, int attempt);

    [LoggerMessage(6102, LogLevel.Information, "Deleting old events was ended after {Minutes} min; the next run goes on")]
    public static partial void PurgeOfEventsUnfinished(this ILogger log, double minutes);
}
