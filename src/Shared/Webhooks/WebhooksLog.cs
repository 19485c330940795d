using Microsoft.Extensions.Logging;

namespace ProspectOps.Webhooks;

internal static partial class WebhooksLog
{
    [LoggerMessage(6001, LogLevel.Information, "Delivery {DeliveryId}: attempt {Attempt} answered {StatusCode}, next in {DelaySeconds} s")]
    public static partial void DeliveryWillBeRetried(this ILogger log, string deliveryId, int attempt, int? statusCode, double delaySeconds);

    [LoggerMessage(6002, LogLevel.Information, "{Batches} batches of deliveries were sent again: their messages were lost or their process died")]
    public static partial void DeliveriesSentAgain(this ILogger log, int batches);
}
