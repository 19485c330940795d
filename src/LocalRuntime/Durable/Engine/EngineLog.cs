using Microsoft.Extensions.Logging;

namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>What the engine logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(7101, LogLevel.Information, "Durable engine started on hub {Hub}: {Resumed} unfinished instances resumed")]
    public static partial void EngineStarted(this ILogger log, string hub, int resumed);

    [LoggerMessage(7102, LogLevel.Warning, "Durable engine stopped with {Running} activities still running; they run again at the next start")]
    public static partial void StoppedWithActivities(this ILogger log, int running);

    [LoggerMessage(7103, LogLevel.Warning, "Instance {InstanceId}: {Count} completions or events ignored that were recorded before or never asked for")]
    public static partial void DuplicatesIgnored(this ILogger log, string instanceId, int count);

    [LoggerMessage(7104, LogLevel.Error, "Instance {InstanceId} of {Orchestrator} failed: {ErrorType}: {ErrorMessage}")]
    public static partial void InstanceFailed(this ILogger log, string instanceId, string orchestrator, string errorType, string errorMessage);

    [LoggerMessage(7105, LogLevel.Warning, "Instance {InstanceId}: another process has written it; this step is given up")]
    public static partial void OwnershipLost(this ILogger log, Exception exception, string instanceId);

    [LoggerMessage(7106, LogLevel.Warning, "Storage of the durable engine failed; trying again in {WaitMs} ms")]
    public static partial void StorageFailed(this ILogger log, Exception exception, double waitMs);

    [LoggerMessage(7107, LogLevel.Warning, "Event {EventName} from {SenderId} dropped: instance {InstanceId} does not exist or has ended")]
    public static partial void SentEventDropped(this ILogger log, string eventName, string senderId, string instanceId);

    [LoggerMessage(7108, LogLevel.Error, "An episode of instance {InstanceId} could not be run. It is tried again in {Seconds} s")]
    public static partial void EpisodeBroken(this ILogger log, Exception exception, string instanceId, double seconds);

    [LoggerMessage(7109, LogLevel.Information, "Hub {Hub}: {Resumed} unfinished instances taken over")]
    public static partial void PartitionsTaken(this ILogger log, string hub, int resumed);

    [LoggerMessage(7110, LogLevel.Information, "This process runs partitions [{Owned}] of {Count} of hub {Hub}, beside {Others} other processes")]
    public static partial void PartitionsChanged(this ILogger log, string owned, int count, string hub, int others);

    [LoggerMessage(7111, LogLevel.Warning, "Process {Member} is gone ({Reason}); its partitions are free")]
    public static partial void MemberGone(this ILogger log, string member, string reason);

    [LoggerMessage(7112, LogLevel.Warning, "Other processes took this one for dead; it asks for partitions anew")]
    public static partial void TakenForDead(this ILogger log);

    [LoggerMessage(7113, LogLevel.Warning, "The hub's leases could not be read or written; trying again")]
    public static partial void LeasesFailed(this ILogger log, Exception exception);

    [LoggerMessage(7115, LogLevel.Warning, "No file can be locked in {Folder}: should this process die, others wait for the end of its lease")]
    public static partial void NoLock(this ILogger log, Exception exception, string folder);

    [LoggerMessage(7114, LogLevel.Warning, "Messages of other processes are seen at the next look only: there is no port to listen on")]
    public static partial void NoDoorbell(this ILogger log, Exception exception);
}
