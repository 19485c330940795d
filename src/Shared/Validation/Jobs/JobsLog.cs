using Microsoft.Extensions.Logging;

namespace ProspectOps.Validation.Jobs;

internal static partial class JobsLog
{
    [LoggerMessage(3101, LogLevel.Warning, "Job {JobId} could not be taken in, failure {Failures}")]
    public static partial void IntakeFailed(this ILogger log, Exception exception, string jobId, int failures);

    [LoggerMessage(3102, LogLevel.Warning, "Job {JobId}: chunk {Chunk} failed, failure {Failures}")]
    public static partial void ChunkFailed(this ILogger log, Exception exception, string jobId, int chunk, int failures);

    [LoggerMessage(3103, LogLevel.Error, "Job {JobId}: chunk {Chunk} is dead: {Cause}")]
    public static partial void ChunkDied(this ILogger log, string jobId, int chunk, string cause);

    [LoggerMessage(3104, LogLevel.Warning, "A message of {Length} bytes in the poison queue of chunks could not be read")]
    public static partial void PoisonUnreadable(this ILogger log, int length);

    [LoggerMessage(3105, LogLevel.Information, "{Jobs} jobs were sent again: their messages were lost or their process died")]
    public static partial void JobsSentAgain(this ILogger log, int jobs);

    [LoggerMessage(3106, LogLevel.Warning, "A lease could not be renewed; it is tried again in some seconds")]
    public static partial void LeaseNotRenewed(this ILogger log, Exception exception);
}
