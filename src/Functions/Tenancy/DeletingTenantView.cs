using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

/// <summary>A tenant that is being erased.</summary>
/// <param name="StatusUrl">Where it is said how far that is, and in the end what was removed.</param>
public sealed record DeletingTenantView(string TenantId, TenantStatus Status, string StatusUrl);
