using Microsoft.Extensions.Logging;

namespace ProspectOps.Clay;

internal static partial class ClayLog
{
    [LoggerMessage(7001, LogLevel.Information, "Push {WorkflowId}: Clay asked to go slower, {Rows} rows wait")]
    public static partial void ClayThrottled(this ILogger log, string workflowId, int rows);
}
