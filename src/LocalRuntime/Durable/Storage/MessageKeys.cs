using System.Globalization;

namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>Row keys of messages in an instance's partition.</summary>
internal static class MessageKeys
{
    /// <summary>A message from outside: in order of arrival.</summary>
    public static string Arrived(DateTimeOffset now, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"m|{now.UtcTicks:D19}|{sequence:D10}|{Guid.NewGuid():N}");

    /// <summary>A message carried over into an execution. It counts in that execution only.</summary>
    public static string Carried(int ordinal, int index) => string.Create(CultureInfo.InvariantCulture, $"c|{ordinal:D8}|{index:D8}");

    public static string Sent(int ordinal, int taskId) => string.Create(CultureInfo.InvariantCulture, $"o|{ordinal:D8}|{taskId:D8}");

    /// <summary>The same at each delivery of the same event.</summary>
    /// <param name="listKey">The sender's: a purged id begins to count its executions anew.</param>
    /// <param name="ordinal">The sender's execution.</param>
    /// <param name="taskId">From 0.</param>
    public static string SentId(string listKey, int ordinal, int taskId) =>
        string.Create(CultureInfo.InvariantCulture, $"{listKey}|{ordinal}|{taskId}");

    /// <returns>Whether it is a message from outside.</returns>
    public static bool HasArrived(string key) => key.StartsWith("m|", StringComparison.Ordinal);

    /// <returns>Whether a stored message counts in that execution.</returns>
    public static bool Counts(string key, int ordinal) =>
        HasArrived(key)
        || (key.StartsWith("c|", StringComparison.Ordinal) && key.StartsWith($"c|{ordinal.ToString("D8", CultureInfo.InvariantCulture)}|", StringComparison.Ordinal));
}
