namespace ProspectOps.Tenancy;

/// <summary>Something that a tenant should hear of, as a webhook event.</summary>
/// <param name="Type">Such as <c>quota.warning</c>.</param>
/// <param name="Key">Tells it apart from others of its type: the same however often the same thing is raised.</param>
/// <param name="Data">Serialized as the event's <c>data</c>.</param>
public sealed record TenantNotice(TenantId Tenant, string Type, string Key, object Data);
