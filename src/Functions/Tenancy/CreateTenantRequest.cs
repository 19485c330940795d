namespace ProspectOps.Functions.Tenancy;

public sealed record CreateTenantRequest(string? Name);
