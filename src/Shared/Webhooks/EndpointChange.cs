namespace ProspectOps.Webhooks;

/// <summary>What an endpoint is made of, or what of it changes; null where it stays, or is what is usual.</summary>
public sealed record EndpointChange
{
    public string? Url { get; init; }
    public IReadOnlyList<string>? Events { get; init; }
    public string? Description { get; init; }
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
    public string? CampaignId { get; init; }
    public double? RatePerSecond { get; init; }

    /// <summary><c>hmac</c>, the usual, or <c>ed25519</c>. Of a new endpoint alone.</summary>
    public string? Signing { get; init; }

    /// <summary><c>active</c> or <c>disabled</c>. Of one that is there alone.</summary>
    public string? Status { get; init; }
}
