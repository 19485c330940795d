using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Worker.Queues;

internal static partial class QueuesLog
{
    [LoggerMessage(9201, LogLevel.Warning, "Queue {Queue} cannot be read; trying on")]
    public static partial void QueueCannotBeRead(this ILogger log, string queue, Exception exception);

    [LoggerMessage(9202, LogLevel.Information, "Queue {Queue} can be read again")]
    public static partial void QueueCanBeReadAgain(this ILogger log, string queue);

    [LoggerMessage(9203, LogLevel.Error, "Queue {Queue}: message {MessageId} failed {DequeueCount} times and is now in {Poison}")]
    public static partial void MessageIsPoison(this ILogger log, string queue, string messageId, long dequeueCount, string poison);

    [LoggerMessage(9204, LogLevel.Error, "Queue {Queue}: message {MessageId} is not base64 (the sender must encode it)")]
    public static partial void MessageIsNotBase64(this ILogger log, string queue, string messageId);

    [LoggerMessage(9205, LogLevel.Error, "Queue {Queue}: message {MessageId} failed for good and has no poison queue to go to")]
    public static partial void MessageHasNoPoisonQueue(this ILogger log, string queue, string messageId);

    [LoggerMessage(9206, LogLevel.Warning, "Queue {Queue}: message {MessageId} went to another receiver while its function runs")]
    public static partial void MessageWasLost(this ILogger log, string queue, string messageId);

    [LoggerMessage(9207, LogLevel.Warning, "Queue {Queue}: the end of message {MessageId} could not be written; it comes back when its time lapses")]
    public static partial void MessageEndWasNotWritten(this ILogger log, string queue, string messageId, Exception exception);
}
