using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>What attempts say about an endpoint: that it is there, that it is failing, that it is gone.</summary>
public sealed class EndpointHealth(EndpointStore endpoints, EventPublisher events, WebhookMetrics metrics, IStorage storage, TimeProvider clock, ILogger<EndpointHealth> log)
{
    /// <summary>An endpoint whose every attempt has failed for so long is disabled. Source: Svix's default.</summary>
    public static readonly TimeSpan FailingTooLong = TimeSpan.FromDays(5);

    private readonly IQueue<EndpointWorkMessage> _work = storage.Queue<EndpointWorkMessage>(EndpointWorkMessage.Queue);

    /// <summary>Notes since when it has been failing, or that it is not.</summary>
    /// <returns>Why it is to be disabled; null where it is not.</returns>
    public async Task<string?> NoteAsync(TenantId tenant, WebhookEndpoint endpoint, (bool Success, bool Failure) seen, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var now = clock.GetUtcNow();
        if (seen.Success && endpoint.FailingSince is not null)
            await endpoints.UpdateAsync(tenant, endpoint.EndpointId, known => known.FailingSince is null ? null : known with { FailingSince = null }, cancellationToken);
        if (seen.Success || !seen.Failure || !endpoint.IsVerified)
            return null;
        if (endpoint.FailingSince is null)
            await endpoints.UpdateAsync(tenant, endpoint.EndpointId, known => known.FailingSince is null ? known with { FailingSince = now } : null, cancellationToken);
        return now - endpoint.FailingSince >= FailingTooLong ? DisabledReason.Failing : null;
    }

    /// <summary>It answered its challenge: what waited goes out.</summary>
    public async Task VerifyAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        var verified = await endpoints.UpdateAsync(
            tenant, endpointId, known => !known.IsVerified && known.DisabledReason is null ? known with { IsVerified = true, FailingSince = null } : null, cancellationToken);
        if (verified is { Endpoint.IsActive: true })
            await ReleaseAsync(tenant, endpointId, cancellationToken);
    }

    /// <summary>Has what waits for it sent out.</summary>
    public Task ReleaseAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken) =>
        _work.SendAsync(EndpointWorkMessage.Release(tenant, endpointId), TimeSpan.Zero, cancellationToken);

    /// <summary>Disables it, and tells: the log, the metrics, and the tenant's other endpoints.</summary>
    public async Task DisableAsync(TenantId tenant, string endpointId, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var update = await endpoints.UpdateAsync(
            tenant, endpointId, known => known.DisabledReason is null ? known with { DisabledReason = reason, DisabledAt = now } : null, cancellationToken);
        if (update is not { Endpoint: { } endpoint, Changed: var changed } || endpoint.DisabledReason != reason)
            return;
        if (changed)
        {
            log.EndpointDisabled(endpointId, tenant.Value, reason);
            metrics.EndpointDisabled(reason);
        }
        // The same time, the same event: told again where we died before telling.
        var data = new { endpointId, url = endpoint.Url.AbsoluteUri, reason, disabledAt = endpoint.DisabledAt, failingSince = endpoint.FailingSince };
        await events.PublishAsync(
            new TenantEvent(tenant, EventTypes.EndpointDisabled, $"{endpointId}|{endpoint.DisabledAt?.UtcTicks}", data) { CampaignId = endpoint.CampaignId, ExceptEndpointId = endpointId }, cancellationToken);
    }
}
