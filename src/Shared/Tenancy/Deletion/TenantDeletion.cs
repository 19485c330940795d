namespace ProspectOps.Tenancy.Deletion;

/// <summary>How far the erasure of a tenant is.</summary>
/// <param name="Tables">Rows that were removed from each table that had some.</param>
/// <param name="Containers">Blobs that were removed from each container that had some.</param>
public sealed record TenantDeletion(
    string TenantId, string Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyDictionary<string, long> Tables, IReadOnlyDictionary<string, long> Containers)
{
    public const string Running = "Running";
    public const string Completed = "Completed";
}
