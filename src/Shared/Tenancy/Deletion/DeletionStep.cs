namespace ProspectOps.Tenancy.Deletion;

/// <summary>One table or container of one tenant.</summary>
public sealed record DeletionStep(string Tenant, string Place, bool IsTable);
