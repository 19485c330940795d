using Microsoft.Extensions.Logging;
using ProspectOps.Webhooks;

namespace ProspectOps.Functions.Webhooks;

internal static partial class WebhooksLog
{
    [LoggerMessage(6101, LogLevel.Warning, "A dead letter could not be recorded, attempt {Attempt}")]
    public static partial void DeadLetterNotYetRecorded(this ILogger log, Exception exception, int attempt);

    [LoggerMessage(6102, LogLevel.Information, "Deleting old events was ended after {Minutes} min; the next run goes on")]
    public static partial void PurgeOfEventsUnfinished(this ILogger log, double minutes);

    [LoggerMessage(6103, LogLevel.Error, "Work on webhooks failed again and again, {Kind} of endpoint {EndpointId} of tenant {Tenant}; it is begun again in some minutes")]
    public static partial void WorkGivenUp(this ILogger log, EndpointWorkKind kind, string endpointId, string tenant);

    [LoggerMessage(6104, LogLevel.Warning, "A message of {Length} bytes in the poison queue of work on webhooks could not be read")]
    public static partial void WorkUnreadable(this ILogger log, int length);
}
