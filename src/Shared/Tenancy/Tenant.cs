namespace ProspectOps.Tenancy;

/// <summary>Somebody whose data nobody else sees.</summary>
public sealed record Tenant(TenantId Id, string Name, TenantStatus Status, DateTimeOffset CreatedAt);
