using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Signing;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Makes, changes and ends endpoints.</summary>
public sealed class EndpointService(
    EndpointStore endpoints, EventStore events, DeliveryScheduler deliveries, EndpointHealth health, PrivateNetworkGuard guard, WebhookSender sender, Platform.Ids.IdSource ids, IStorage storage, TimeProvider clock)
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(7);

    private readonly IQueue<EndpointWorkMessage> _work = storage.Queue<EndpointWorkMessage>(EndpointWorkMessage.Queue);

    /// <summary>Makes one, and posts its challenge.</summary>
    /// <param name="seed">Its id derives from it, so that the same request twice makes one.</param>
    /// <exception cref="DomainException">What is wrong with it; <c>url_not_allowed</c>.</exception>
    public async Task<WebhookEndpoint> CreateAsync(TenantId tenant, EndpointChange settings, string seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        EndpointCheck.Check(settings, isNew: true);
        var url = EndpointCheck.UrlOf(settings.Url, "url");
        await guard.RequireAllowedAsync(url, cancellationToken);
        var endpoint = await endpoints.AddAsync(tenant, new WebhookEndpoint
        {
            EndpointId = $"whe_{seed}",
            Url = url,
            Secret = settings.Signing == "ed25519" ? WebhookKeyPair.New().Text : WebhookSecret.New().Text,
            Events = [.. settings.Events!.Distinct()],
            CampaignId = settings.CampaignId,
            Description = settings.Description,
            Headers = settings.Headers ?? new Dictionary<string, string>(),
            RatePerSecond = settings.RatePerSecond,
            IsVerified = false,
            CreatedAt = clock.GetUtcNow(),
        }, cancellationToken);
        await ChallengeAsync(tenant, endpoint, endpoint.CreatedAt, cancellationToken);
        return endpoint;
    }

    /// <summary>Changes it. A new host is challenged as a new endpoint is.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>, and what is wrong with the change.</exception>
    public async Task<WebhookEndpoint> ChangeAsync(TenantId tenant, string endpointId, EndpointChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        EndpointCheck.Check(change, isNew: false);
        await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        var url = change.Url is null ? null : EndpointCheck.UrlOf(change.Url, "url");
        if (url is not null)
            await guard.RequireAllowedAsync(url, cancellationToken);
        var now = clock.GetUtcNow();
        var (endpoint, _) = await endpoints.UpdateAsync(tenant, endpointId, known => known with
        {
            Url = url ?? known.Url,
            Events = change.Events is { } types ? [.. types.Distinct()] : known.Events,
            CampaignId = change.CampaignId ?? known.CampaignId,
            Description = change.Description ?? known.Description,
            Headers = change.Headers ?? known.Headers,
            RatePerSecond = change.RatePerSecond ?? known.RatePerSecond,
            IsVerified = known.IsVerified && (url is null || IsSameHost(url, known.Url)),
            DisabledReason = change.Status == "disabled" ? known.DisabledReason ?? DisabledReason.ByUser : known.DisabledReason,
            DisabledAt = change.Status == "disabled" ? known.DisabledAt ?? now : known.DisabledAt,
        }, cancellationToken) ?? throw new DomainException(WebhookErrors.EndpointNotFound);
        if (change.Status == "active")
            return await EnableAsync(tenant, endpointId, cancellationToken);
        if (url is not null && endpoint is { IsVerified: false, DisabledReason: null })
            await ChallengeAsync(tenant, endpoint, now, cancellationToken);
        return endpoint;
    }

    /// <summary>Starts it again: active where it was verified once, else challenged again.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>.</exception>
    public async Task<WebhookEndpoint> EnableAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        var (endpoint, _) = await endpoints.UpdateAsync(tenant, endpointId, known => known with { DisabledReason = null, DisabledAt = null, FailingSince = null }, cancellationToken)
            ?? throw new DomainException(WebhookErrors.EndpointNotFound);
        if (endpoint.IsVerified)
            await _work.SendAsync(EndpointWorkMessage.Release(tenant, endpointId), TimeSpan.Zero, cancellationToken);
        else
            await ChallengeAsync(tenant, endpoint, clock.GetUtcNow(), cancellationToken);
        return endpoint;
    }

    /// <summary>Gives it a new secret; the one before signs as well until the grace is over.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>.</exception>
    public async Task<WebhookEndpoint> RotateAsync(TenantId tenant, string endpointId, TimeSpan grace, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(grace >= TimeSpan.Zero && grace <= LongestGrace, "graceHours", $"must be 0 to {LongestGrace.TotalHours}");
        errors.ThrowIfAny();
        var before = await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        var now = clock.GetUtcNow();
        // Made once: an answer that was lost is asked again, and must not push out the secret that is in its grace.
        var secret = WebhookKeyPair.TryParse(before.Secret, out _) ? WebhookKeyPair.New().Text : WebhookSecret.New().Text;
        var (endpoint, _) = await endpoints.UpdateAsync(tenant, endpointId, known => known.Secret == secret ? null : known with
        {
            Secret = secret,
            PreviousSecret = grace > TimeSpan.Zero ? known.Secret : null,
            PreviousSecretUntil = grace > TimeSpan.Zero ? now + grace : null,
        }, cancellationToken) ?? throw new DomainException(WebhookErrors.EndpointNotFound);
        return endpoint;
    }

    /// <summary>Deletes it. What is still to be delivered there ends; it is no dead letter, for there is nowhere to send it again.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>.</exception>
    public async Task DeleteAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        await endpoints.DeleteAsync(tenant, endpointId, cancellationToken);
        await _work.SendAsync(EndpointWorkMessage.End(tenant, endpointId), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Says when not to call it. What waited for a window that is gone goes out.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>, and what is wrong with the windows.</exception>
    public async Task<WebhookEndpoint> SetWindowsAsync(TenantId tenant, string endpointId, IReadOnlyList<MaintenanceWindow>? windows, CancellationToken cancellationToken)
    {
        EndpointCheck.Check(windows);
        await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        var (endpoint, _) = await endpoints.UpdateAsync(tenant, endpointId, known => known with { MaintenanceWindows = windows! }, cancellationToken) ?? throw new DomainException(WebhookErrors.EndpointNotFound);
        await _work.SendAsync(EndpointWorkMessage.Release(tenant, endpointId), TimeSpan.Zero, cancellationToken);
        return endpoint;
    }

    /// <summary>Posts <c>endpoint.test</c> now, whatever the endpoint's status is.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>.</exception>
    public async Task<(string EventId, AttemptResult Result)> TestAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        var planned = new PlannedEvent(ids.New("evt"), null, EventBatch.BodyOf(EventTypes.EndpointTest, clock.GetUtcNow(), new { endpointId }));
        var result = await sender.PostAsync(endpoint, planned, cancellationToken);
        if (result.IsSuccess)
            await health.VerifyAsync(tenant, endpointId, cancellationToken);
        return (planned.EventId, result);
    }

    /// <summary>A delivery as any other, so that it is tried again by the same schedule and survives what they survive.</summary>
    private async Task ChallengeAsync(TenantId tenant, WebhookEndpoint endpoint, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var eventId = EventBatch.EventIdOf(tenant, endpoint.EndpointId, EventTypes.EndpointChallenge, at.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var body = EventBatch.BodyOf(EventTypes.EndpointChallenge, at, new { endpoint.EndpointId, url = endpoint.Url.AbsoluteUri });
        var batch = new EventBatch(tenant, EventBatch.NameOf(at, eventId), EventTypes.EndpointChallenge, null, endpoint.CampaignId, [new PlannedEvent(eventId, null, body)]);
        await events.AddAsync(batch, [endpoint.EndpointId], cancellationToken);
        await deliveries.PlanAsync(batch, [endpoint.EndpointId], cancellationToken);
    }

    private static bool IsSameHost(Uri one, Uri other) => one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
