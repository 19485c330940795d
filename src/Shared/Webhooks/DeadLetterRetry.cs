using ProspectOps.Platform.Ids;

namespace ProspectOps.Webhooks;

/// <summary>A cluster of dead letters that is sent again: one first, then batch by batch, until one fails.</summary>
/// <param name="Status"><c>canary</c>, <c>running</c>, <c>done</c> or <c>stopped</c>.</param>
/// <param name="Batch">What is under way: these events of this batch.</param>
public sealed record DeadLetterRetry(string RetryId, string EndpointId, string ClusterId, string Status, string Batch, IReadOnlyList<int> Indices)
{
    public const string Canary = "canary";
    public const string Running = "running";
    public const string Done = "done";
    public const string Stopped = "stopped";

    public string? Version { get; init; }

    /// <summary>Ids of retries that were begun before this time come before it.</summary>
    public static string FirstIdSince(DateTimeOffset time) => $"rty_{IdSource.FirstSuffixOf(time)}";
}
