using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Something that happened to a tenant, told to every endpoint of the tenant that listens for it.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Key">What makes it this event and no other of its type, such as a job's id, or <c>2026-11|80</c> of a quota. Published again under the same key, it is not told again.</param>
/// <param name="Data">Becomes <c>data</c> of the body; the first one published under a key counts.</param>
public sealed record TenantEvent(TenantId Tenant, string Type, string Key, object Data)
{
    /// <summary>The campaign that it is about: endpoints of other campaigns do not hear of it. Null for what is about none, which no campaign's endpoint hears.</summary>
    public string? CampaignId { get; init; }

    /// <summary>An endpoint that is not told, because the event is about its own trouble.</summary>
    public string? ExceptEndpointId { get; init; }
}
