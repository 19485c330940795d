namespace ProspectOps.LocalRuntime.Durable.Storage;

/// <summary>A row on the list of instances that may have work left.</summary>
/// <param name="ListKey">The row's key.</param>
/// <param name="InstanceId">May have ended, or never have come to be.</param>
/// <param name="Partition">The partition of the hub that the instance belongs to.</param>
/// <param name="ListedAt">When it was put there; the instance itself may come a moment later.</param>
internal sealed record UnfinishedInstance(string ListKey, string InstanceId, int Partition, DateTimeOffset ListedAt);
