using Microsoft.Extensions.Logging;

namespace ProspectOps.Functions.Validation;

internal static partial class ValidationLog
{
    [LoggerMessage(3201, LogLevel.Warning, "A dead chunk could not be recorded, attempt {Attempt}")]
    public static partial void DeadChunkNotYetRecorded(this ILogger log, Exception exception, int attempt);
}
