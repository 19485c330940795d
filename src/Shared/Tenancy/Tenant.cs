using System.Text.Json;

namespace ProspectOps.Tenancy;

/// <summary>Somebody whose data nobody else sees.</summary>
public sealed record Tenant
{
    public required TenantId Id { get; init; }
    public required string Name { get; init; }
    public TenantStatus Status { get; init; }

    /// <summary>What the operator notes about it: names and plain values, kept as given.</summary>
    public IReadOnlyDictionary<string, JsonElement> Settings { get; init; } = new Dictionary<string, JsonElement>();
    public QuotaSettings Quotas { get; init; } = QuotaSettings.None;
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the store calls this state of it; null for one that was never read.</summary>
    public string? Version { get; init; }
}
