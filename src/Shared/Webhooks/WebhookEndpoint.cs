namespace ProspectOps.Webhooks;

/// <summary>Where events go.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>Stands among <see cref="Events"/> for every type.</summary>
    public const string AllEvents = "*";

    public required string EndpointId { get; init; }
    public required Uri Url { get; init; }

    /// <summary>What events are signed with, <c>whsec_…</c> or <c>whsk_…</c>: never in a log or a list.</summary>
    public required string Secret { get; init; }

    /// <summary>The secret before, which signs as well until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Types that it hears of, or <see cref="AllEvents"/>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [AllEvents];

    /// <summary>Events of this campaign alone; null for all.</summary>
    public string? CampaignId { get; init; }
    public string? Description { get; init; }

    /// <summary>Sent with every event, beside our own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Most requests a second from one process; null for no bound.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>When not to call.</summary>
    public IReadOnlyList<MaintenanceWindow> MaintenanceWindows { get; init; } = [];

    /// <summary>Whether its challenge was answered, or the owner of a campaign named it for that campaign. Before that, events wait.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>Null unless it is disabled.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Since when every attempt has failed; null while they do not.</summary>
    public DateTimeOffset? FailingSince { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the store calls this state of it.</summary>
    public string? Version { get; init; }

    public bool IsActive => DisabledReason is null && IsVerified;

    public EndpointStatus Status => DisabledReason is not null ? EndpointStatus.Disabled : IsVerified ? EndpointStatus.Active : EndpointStatus.Pending;

    /// <summary>Whether it hears of a type of event of a campaign, or of none.</summary>
    public bool Hears(string type, string? campaignId) =>
        DisabledReason is null
        && (CampaignId is null || CampaignId == campaignId)
        && (Events.Contains(AllEvents) || Events.Contains(type));
}
