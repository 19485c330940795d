using System.Collections.Concurrent;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Table <c>WebhookEndpoints</c>: tenant · endpointId.</summary>
public sealed class EndpointStore(IStorage storage, TimeProvider clock)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ITable _table = storage.Table("WebhookEndpoints");
    private readonly ConcurrentDictionary<(TenantId, string), (WebhookEndpoint? Endpoint, long ReadAt)> _known = new();

    /// <summary>Adds it; one with that id already there was made by the same request before, and is the one that counts.</summary>
    public async Task<WebhookEndpoint> AddAsync(TenantId tenant, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        await _table.TryInsertAsync(Write(tenant, endpoint), cancellationToken);
        return Read(await _table.FindAsync(tenant.Value, endpoint.EndpointId, cancellationToken) ?? throw new InvalidOperationException("An endpoint just added is gone."));
    }

    /// <summary>As it was within the last 5 s.</summary>
    public async ValueTask<WebhookEndpoint?> FindAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, endpointId), out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Endpoint;
        var row = await _table.FindAsync(tenant.Value, endpointId, cancellationToken);
        var endpoint = row is null ? null : Read(row);
        _known[(tenant, endpointId)] = (endpoint, clock.GetTimestamp());
        return endpoint;
    }

    /// <summary>The active endpoints that hear of a campaign.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListeningAsync(TenantId tenant, string campaignId, CancellationToken cancellationToken)
    {
        var endpoints = new List<WebhookEndpoint>();
        await foreach (var row in _table.RangeAsync(tenant.Value, "", "~", 1000, cancellationToken))
        {
            var endpoint = Read(row);
            if (endpoint.IsActive && (endpoint.CampaignId is null || endpoint.CampaignId == campaignId))
                endpoints.Add(endpoint);
        }
        return endpoints;
    }

    public async Task DisableAsync(TenantId tenant, string endpointId, string reason, CancellationToken cancellationToken)
    {
        if (await _table.FindAsync(tenant.Value, endpointId, cancellationToken) is not { } row || row.Text("DisabledReason") is not null)
            return;
        row["DisabledReason"] = reason;
        // Lost to somebody who changed it meanwhile: the next failure disables it.
        await _table.TryReplaceAsync(row, cancellationToken);
        _known.TryRemove((tenant, endpointId), out _);
    }

    private static TableRow Write(TenantId tenant, WebhookEndpoint endpoint) => new(tenant.Value, endpoint.EndpointId)
    {
        ["Url"] = endpoint.Url.AbsoluteUri,
        ["Secret"] = endpoint.Secret,
        ["CampaignId"] = endpoint.CampaignId,
        ["DisabledReason"] = endpoint.DisabledReason,
        ["CreatedAt"] = endpoint.CreatedAt,
    };

    private static WebhookEndpoint Read(TableRow row) => new(
        row.Row,
        new Uri(row.Text("Url")!),
        row.Text("Secret") ?? "",
        row.Text("CampaignId"),
        row.Text("DisabledReason"),
        row.Time("CreatedAt") ?? default);
}
