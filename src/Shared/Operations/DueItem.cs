using ProspectOps.Tenancy;

namespace ProspectOps.Operations;

/// <summary>A reminder: that this work of this tenant was to be done by then.</summary>
public sealed record DueItem(string Row, DateTimeOffset At, TenantId Tenant, string Id);
