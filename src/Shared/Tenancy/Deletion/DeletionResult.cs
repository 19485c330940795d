namespace ProspectOps.Tenancy.Deletion;

/// <summary>What was removed of a tenant, in the end.</summary>
public sealed record DeletionResult(string Tenant, IReadOnlyDictionary<string, long> Tables, IReadOnlyDictionary<string, long> Containers);
