using Azure;

namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Who has a partition.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Owner">A member's id; empty if it was given back.</param>
/// <param name="ETag">Of the row; default if there is none yet.</param>
internal sealed record PartitionClaim(int Partition, string Owner, ETag ETag = default);
