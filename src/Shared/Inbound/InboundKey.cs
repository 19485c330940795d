using ProspectOps.Tenancy;

namespace ProspectOps.Inbound;

/// <summary>What is stored of a key under which somebody else's system sends to us. Not its secret: that is derived.</summary>
/// <param name="CampaignId">Where what it sends goes; null for a CRM.</param>
/// <param name="ExpiresAt">Null while no other has taken its place.</param>
public sealed record InboundKey(string KeyId, TenantId Tenant, InboundPurpose Purpose, string? CampaignId, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
