namespace ProspectOps.Tenancy.Deletion;

/// <summary>Where a tenant may have something.</summary>
public sealed record DeletionPlan(IReadOnlyList<string> Tables, IReadOnlyList<string> Containers);
