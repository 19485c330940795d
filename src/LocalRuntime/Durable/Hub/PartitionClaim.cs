using Azure;

namespace ProspectOps.LocalRuntime.Durable.Hub;

/// <summary>Who has a partition.</summary>
/// <param name="Partition">From 0.</param>
/// <param name="Owner">A member's id; empty if it was given back at rest, <see cref="InMotion"/> if something may have been under way.</param>
/// <param name="ETag">Of the row; default if there is none yet.</param>
internal sealed record PartitionClaim(int Partition, string Owner, ETag ETag = default)
{
    public const string AtRest = "";

    public const string InMotion = "?";
}
