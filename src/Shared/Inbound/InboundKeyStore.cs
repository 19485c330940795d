using System.Collections.Concurrent;
using ProspectOps.Platform.Ids;
using ProspectOps.Platform.Storage;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Deletion;

namespace ProspectOps.Inbound;

/// <summary>
/// Table <c>InboundKeys</c>, a system table: keyId · <c>key</c>, read before the tenant is known; tenant · purpose|campaign, which names the key in use; and
/// <c>tenant:</c>tenant · keyId, all that a tenant ever had.
/// </summary>
public sealed class InboundKeyStore(IStorage storage, TimeProvider clock) : ITenantRows
{
    /// <summary>How long a key still works once another has taken its place.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    private const string Row = "key";
    private const int MostKept = 10_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    // No key id and no tenant holds a colon. Not the tenant's own partition, so that it is there until the keys are gone.
    private const string TenantPrefix = "tenant:";

    private readonly ITable _table = storage.Table("InboundKeys");
    private readonly ConcurrentDictionary<string, (InboundKey? Key, long ReadAt)> _known = new(StringComparer.Ordinal);

    public string Table => "InboundKeys";

    /// <summary>As it was within the last 5 s.</summary>
    public async ValueTask<InboundKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(keyId, out var known) && clock.GetElapsedTime(known.ReadAt) < KnownFor)
            return known.Key;
        var key = await _table.FindAsync(keyId, Row, cancellationToken) is { } row ? Read(row) : null;
        if (_known.Count > MostKept)
            _known.Clear();
        _known[keyId] = (key, clock.GetTimestamp());
        return key;
    }

    /// <summary>Adds a key and puts it in the place of the one before, which works on for <see cref="Grace"/>.</summary>
    /// <param name="keyId">26 characters of an <see cref="IdSource"/>; the same one twice is one key.</param>
    public async Task PutInUseAsync(TenantId tenant, InboundPurpose purpose, string? campaignId, string keyId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // What works is always listed.
        await _table.UpsertAsync(new TableRow(TenantPrefix + tenant.Value, keyId), cancellationToken);
        await _table.TryInsertAsync(Write(new InboundKey(keyId, tenant, purpose, campaignId, now, null)), cancellationToken);
        var place = await _table.FindAsync(tenant.Value, Place(purpose, campaignId), cancellationToken);
        if (place?.Text("KeyId") is { } before && before != keyId && await _table.FindAsync(before, Row, cancellationToken) is { } row && Read(row) is { ExpiresAt: null } old)
            await _table.UpsertAsync(Write(old with { ExpiresAt = now + Grace }), cancellationToken);
        await _table.UpsertAsync(new TableRow(tenant.Value, Place(purpose, campaignId)) { ["KeyId"] = keyId }, cancellationToken);
        _known.TryRemove(keyId, out _);
    }

    /// <summary>The id of the key in use; null before the first.</summary>
    public async Task<string?> InUseAsync(TenantId tenant, InboundPurpose purpose, string? campaignId, CancellationToken cancellationToken) =>
        (await _table.FindAsync(tenant.Value, Place(purpose, campaignId), cancellationToken))?.Text("KeyId");

    public async Task<long> CountAsync(TenantId tenant, CancellationToken cancellationToken) => await ListAsync(tenant, cancellationToken).LongCountAsync(cancellationToken);

    /// <summary>Takes away a tenant's keys for good; what lists them goes last.</summary>
    public async Task EraseAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        foreach (var keyId in await ListAsync(tenant, cancellationToken).ToListAsync(cancellationToken))
        {
            await _table.DeleteAsync(keyId, Row, cancellationToken);
            await _table.DeleteAsync(TenantPrefix + tenant.Value, keyId, cancellationToken);
            _known.TryRemove(keyId, out _);
        }
    }

    private IAsyncEnumerable<string> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _table.RangeAsync(TenantPrefix + tenant.Value, "", "~", 1000, cancellationToken).Select(row => row.Row);

    private static string Place(InboundPurpose purpose, string? campaignId) => $"{purpose}|{campaignId}";

    private static TableRow Write(InboundKey key) => new(key.KeyId, Row)
    {
        ["Tenant"] = key.Tenant.Value,
        ["Purpose"] = key.Purpose.ToString(),
        ["CampaignId"] = key.CampaignId,
        ["CreatedAt"] = key.CreatedAt,
        ["ExpiresAt"] = key.ExpiresAt,
    };

    private static InboundKey Read(TableRow row) => new(
        row.Partition, TenantId.Recorded(row.Text("Tenant")), Enum.Parse<InboundPurpose>(row.Text("Purpose")!), row.Text("CampaignId"), row.Time("CreatedAt") ?? default, row.Time("ExpiresAt"));
}
