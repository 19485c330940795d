using Microsoft.Extensions.Logging;

namespace ProspectOps.Webhooks;

internal static partial class WebhooksLog
{
    [LoggerMessage(6001, LogLevel.Information, "Delivery {DeliveryId}: attempt {Attempt} answered {StatusCode} {Failure}")]
    public static partial void AttemptFailed(this ILogger log, string deliveryId, int attempt, int? statusCode, string? failure);

    [LoggerMessage(6002, LogLevel.Information, "{Batches} batches of deliveries were sent again: their messages were lost or their process died")]
    public static partial void DeliveriesSentAgain(this ILogger log, int batches);

    [LoggerMessage(6003, LogLevel.Error, "Endpoint {EndpointId} of tenant {Tenant} is disabled: {Reason}")]
    public static partial void EndpointDisabled(this ILogger log, string endpointId, string tenant, string reason);

    [LoggerMessage(6004, LogLevel.Error, "{Count} deliveries to endpoint {EndpointId} of tenant {Tenant} are dead: {Cause}")]
    public static partial void DeliveriesDead(this ILogger log, int count, string endpointId, string tenant, string cause);

    [LoggerMessage(6005, LogLevel.Warning, "Handling batch {Batch} of endpoint {EndpointId} was given up {Faults} times; it is tried again")]
    public static partial void BatchFaulted(this ILogger log, string batch, string endpointId, int faults);

    [LoggerMessage(6006, LogLevel.Warning, "{Batches} dead letters were missing and were written")]
    public static partial void DeadLettersMade(this ILogger log, int batches);

    [LoggerMessage(6007, LogLevel.Warning, "{Count} dead letters of tenant {Tenant} expire at {ExpiresAt}")]
    public static partial void DeadLettersExpireSoon(this ILogger log, int count, string tenant, DateTimeOffset expiresAt);

    [LoggerMessage(6008, LogLevel.Warning, "{Count} dead letters of tenant {Tenant} expired")]
    public static partial void DeadLettersExpired(this ILogger log, int count, string tenant);

    [LoggerMessage(6009, LogLevel.Warning, "The retry {RetryId} of dead letters stopped at a new failure")]
    public static partial void RetryStopped(this ILogger log, string retryId);

    [LoggerMessage(6010, LogLevel.Error, "Batch {Batch} of endpoint {EndpointId} of tenant {Tenant} cannot be read and is given up: {Reason}")]
    public static partial void BatchUnreadable(this ILogger log, string batch, string endpointId, string tenant, string reason);

    [LoggerMessage(6011, LogLevel.Error, "Event {EventId} of tenant {Tenant} was published and cannot be read; its deliveries are not planned again: {Reason}")]
    public static partial void EventUnreadable(this ILogger log, string eventId, string tenant, string reason);

    [LoggerMessage(6012, LogLevel.Information, "{Events} events and {Batches} batches of deliveries of tenant {Tenant} were older than {Days} days and are deleted")]
    public static partial void EventsPurged(this ILogger log, long events, long batches, string tenant, int days);
}
