using System.Collections.Concurrent;
using System.Text.Json;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Secrets;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>Table <c>WebhookEndpoints</c>: tenant · endpointId. Secrets and headers are sealed.</summary>
public sealed class EndpointStore(IStorage storage, SecretCipher cipher, TimeProvider clock)
{
    private const int MostKept = 10_000;

    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);
    // Shorter: an endpoint that another process made is to hear of what happens next.
    private static readonly TimeSpan ListKnownFor = TimeSpan.FromSeconds(1);

    private readonly ITable _table = storage.Table("WebhookEndpoints");
    private readonly ConcurrentDictionary<(TenantId, string), (WebhookEndpoint? Endpoint, long ReadAt)> _known = new();
    private readonly ConcurrentDictionary<TenantId, (IReadOnlyList<WebhookEndpoint> Endpoints, long ReadAt)> _lists = new();

    // Counts what was changed here: a read that began before a change must not bring back what it found.
    private long _changes;

    /// <summary>Adds it; one with that id already there was made by the same request before, and is the one that counts.</summary>
    public async Task<WebhookEndpoint> AddAsync(TenantId tenant, WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        await _table.TryInsertAsync(Write(tenant, endpoint), cancellationToken);
        Forget(tenant, endpoint.EndpointId);
        return await ReadAsync(tenant, endpoint.EndpointId, cancellationToken) ?? throw new InvalidOperationException("An endpoint just added is gone.");
    }

    /// <summary>As it was within the last 5 s.</summary>
    public async ValueTask<WebhookEndpoint?> FindAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, endpointId), out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Endpoint;
        var (readAt, changes) = (clock.GetTimestamp(), Interlocked.Read(ref _changes));
        var endpoint = await ReadAsync(tenant, endpointId, cancellationToken);
        if (_known.Count > MostKept)
            _known.Clear();
        _known[(tenant, endpointId)] = (endpoint, readAt);
        if (Interlocked.Read(ref _changes) != changes)
            _known.TryRemove((tenant, endpointId), out _);
        return endpoint;
    }

    /// <summary>As it is.</summary>
    public async Task<WebhookEndpoint?> ReadAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken) =>
        await _table.FindAsync(tenant.Value, endpointId, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>As it is.</summary>
    /// <exception cref="DomainException"><c>endpoint_not_found</c>.</exception>
    public async Task<WebhookEndpoint> RequireAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken) =>
        IdSource.IsWellFormed(endpointId, "whe") && await ReadAsync(tenant, endpointId, cancellationToken) is { } endpoint ? endpoint : throw new DomainException(WebhookErrors.EndpointNotFound);

    /// <exception cref="DomainException"><c>endpoint_not_found</c>, <c>endpoint_disabled</c>.</exception>
    public async Task<WebhookEndpoint> RequireEnabledAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        var endpoint = await RequireAsync(tenant, endpointId, cancellationToken);
        return endpoint.DisabledReason is null ? endpoint : throw new DomainException(WebhookErrors.EndpointDisabled);
    }

    /// <summary>The endpoints that hear of a type of event, of a campaign or of none; those too that are not verified yet.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListeningAsync(TenantId tenant, string type, string? campaignId, CancellationToken cancellationToken) =>
        [.. (await AllAsync(tenant, cancellationToken)).Where(endpoint => endpoint.Hears(type, campaignId))];

    /// <summary>Every endpoint of a tenant, by age, as of the last second.</summary>
    public async ValueTask<IReadOnlyList<WebhookEndpoint>> AllAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (_lists.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.ReadAt) < ListKnownFor)
            return known.Endpoints;
        var (readAt, changes) = (clock.GetTimestamp(), Interlocked.Read(ref _changes));
        var endpoints = new List<WebhookEndpoint>();
        await foreach (var row in _table.RangeAsync(tenant.Value, "", "~", 1000, cancellationToken))
            endpoints.Add(Read(row));
        if (_lists.Count > MostKept)
            _lists.Clear();
        _lists[tenant] = (endpoints, readAt);
        if (Interlocked.Read(ref _changes) != changes)
            _lists.TryRemove(tenant, out _);
        return endpoints;
    }

    /// <summary>Endpoints by age, beginning behind <paramref name="after"/>.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(TenantId tenant, string after, int limit, CancellationToken cancellationToken)
    {
        var endpoints = new List<WebhookEndpoint>();
        await foreach (var row in _table.RangeAsync(tenant.Value, after.Length == 0 ? "" : after + "!", "~", limit, cancellationToken))
        {
            endpoints.Add(Read(row));
            if (endpoints.Count == limit)
                break;
        }
        return endpoints;
    }

    /// <summary>Changes it, again where somebody else was faster.</summary>
    /// <param name="change">Pure; null leaves it as it is.</param>
    /// <returns>As it now stands, and whether this changed it; null where there is none.</returns>
    public async Task<(WebhookEndpoint Endpoint, bool Changed)?> UpdateAsync(TenantId tenant, string endpointId, Func<WebhookEndpoint, WebhookEndpoint?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await ReadAsync(tenant, endpointId, cancellationToken) is { } endpoint)
        {
            if (change(endpoint) is not { } changed)
                return (endpoint, false);
            if (await _table.TryReplaceAsync(Write(tenant, changed), cancellationToken) is not { } version)
                continue;
            Forget(tenant, endpointId);
            return (changed with { Version = version }, true);
        }
        Forget(tenant, endpointId);
        return null;
    }

    public async Task DeleteAsync(TenantId tenant, string endpointId, CancellationToken cancellationToken)
    {
        await _table.DeleteAsync(tenant.Value, endpointId, cancellationToken);
        Forget(tenant, endpointId);
    }

    private void Forget(TenantId tenant, string endpointId)
    {
        Interlocked.Increment(ref _changes);
        _known.TryRemove((tenant, endpointId), out _);
        _lists.TryRemove(tenant, out _);
    }

    private static string PlaceOf(string tenant, string endpointId) => $"{tenant}|webhook|{endpointId}";

    private string? Opened(TableRow row, string name) => row.Text(name) is { } text ? cipher.Open(text, PlaceOf(row.Partition, row.Row)) : null;

    private TableRow Write(TenantId tenant, WebhookEndpoint endpoint) => new(tenant.Value, endpoint.EndpointId)
    {
        ["Url"] = endpoint.Url.AbsoluteUri,
        ["Secret"] = cipher.Seal(endpoint.Secret, PlaceOf(tenant.Value, endpoint.EndpointId)),
        ["PreviousSecret"] = endpoint.PreviousSecret is { } previous ? cipher.Seal(previous, PlaceOf(tenant.Value, endpoint.EndpointId)) : null,
        ["PreviousSecretUntil"] = endpoint.PreviousSecretUntil,
        ["Events"] = string.Join(',', endpoint.Events),
        ["CampaignId"] = endpoint.CampaignId,
        ["Description"] = endpoint.Description,
        ["Headers"] = cipher.Seal(JsonSerializer.Serialize(endpoint.Headers, JsonDefaults.Options), PlaceOf(tenant.Value, endpoint.EndpointId)),
        ["RatePerSecond"] = endpoint.RatePerSecond,
        ["MaintenanceWindows"] = JsonSerializer.Serialize(endpoint.MaintenanceWindows, JsonDefaults.Options),
        ["Unverified"] = !endpoint.IsVerified,
        ["DisabledReason"] = endpoint.DisabledReason,
        ["DisabledAt"] = endpoint.DisabledAt,
        ["FailingSince"] = endpoint.FailingSince,
        ["CreatedAt"] = endpoint.CreatedAt,
        Version = endpoint.Version,
    };

    private WebhookEndpoint Read(TableRow row) => new()
    {
        EndpointId = row.Row,
        Url = new Uri(row.Text("Url")!),
        Secret = Opened(row, "Secret") ?? "",
        PreviousSecret = Opened(row, "PreviousSecret"),
        PreviousSecretUntil = row.Time("PreviousSecretUntil"),
        Events = row.Text("Events") is { } events ? events.Split(',') : [WebhookEndpoint.AllEvents],
        CampaignId = row.Text("CampaignId"),
        Description = row.Text("Description"),
        Headers = Opened(row, "Headers") is { } headers ? JsonSerializer.Deserialize<Dictionary<string, string>>(headers, JsonDefaults.Options)! : [],
        RatePerSecond = row["RatePerSecond"] as double?,
        MaintenanceWindows = row.Text("MaintenanceWindows") is { } windows ? JsonSerializer.Deserialize<List<MaintenanceWindow>>(windows, JsonDefaults.Options)! : [],
        IsVerified = !row.Flag("Unverified"),
        DisabledReason = row.Text("DisabledReason"),
        DisabledAt = row.Time("DisabledAt"),
        FailingSince = row.Time("FailingSince"),
        CreatedAt = row.Time("CreatedAt") ?? default,
        Version = row.Version,
    };
}
