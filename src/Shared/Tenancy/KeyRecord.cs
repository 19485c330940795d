using System.Net;

namespace ProspectOps.Tenancy;

/// <summary>What is stored of an API key.</summary>
public sealed record KeyRecord
{
    public const int DefaultRateLimitPerMinute = 100;

    public required string KeyId { get; init; }
    public required TenantId Tenant { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Keyed hash of the whole key.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Requests in any 60 s.</summary>
    public int RateLimitPerMinute { get; init; } = DefaultRateLimitPerMinute;
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Key id of who made it; null for the first start.</summary>
    public string? CreatedBy { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Networks that it may be used from; empty for anywhere.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];
    public QuotaSettings Quotas { get; init; } = QuotaSettings.None;

    /// <summary>After how many days it should be rotated; null for never.</summary>
    public int? RotateEveryDays { get; init; }

    /// <summary>The key that this one takes the place of.</summary>
    public string? PreviousKeyId { get; init; }

    /// <summary>The key that takes the place of this one.</summary>
    public string? NextKeyId { get; init; }

    /// <summary>What the store calls this state of it; null for one that was never read.</summary>
    public string? Version { get; init; }

    public DateTimeOffset? RotationDueAt => RotateEveryDays is { } days && NextKeyId is null ? CreatedAt.AddDays(days) : null;

    /// <summary>Whether it can administer its tenant, and goes on to.</summary>
    public bool CanAdminister(DateTimeOffset now) => IsUsableAt(now) && NextKeyId is null && Scope.Allows(Scopes, "admin:write");

    public bool IsUsableAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is not { } expires || expires > now);
}
