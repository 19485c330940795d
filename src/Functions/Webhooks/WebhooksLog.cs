using Microsoft.Extensions.Logging;

namespace ProspectOps.Functions.Webhooks;

internal static partial class WebhooksLog
{
    [LoggerMessage(6101, LogLevel.Warning, "A dead letter could not be recorded, attempt {Attempt}")]
    public static partial void DeadLetterNotYetRecorded(this ILogger log, Exception exception, int attempt);
}
