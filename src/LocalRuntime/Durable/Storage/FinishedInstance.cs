namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>An instance that has nothing left to do.</summary>
/// <param name="ListKey">Its row on the list of unfinished ones.</param>
/// <param name="InstanceId"><see langword="null"/> where the row's instance never came to be.</param>
/// <param name="CreatedAt">What the index of ended instances is sorted by.</param>
internal sealed record FinishedInstance(string ListKey, string? InstanceId, DateTimeOffset CreatedAt)
{
    public static FinishedInstance Of(InstanceHeader header) => new(header.ListKey, header.InstanceId, header.CreatedAt);

    public static FinishedInstance Nobody(string listKey) => new(listKey, null, default);
}
