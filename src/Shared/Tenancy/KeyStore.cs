using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy;

/// <summary>Table <c>ApiKeys</c>, a system table: <c>keyId · key</c> is read once for each key that calls; <c>tenant · keyId</c> lists a tenant's keys.</summary>
public sealed class KeyStore(IStorage storage)
{
    private const string KeyRow = "key";
    // No key id and no tenant holds a colon, so the two kinds of partition never meet.
    private const string TenantPrefix = "tenant:";

    private readonly ITable _table = storage.Table("ApiKeys");

    public async Task<KeyRecord?> FindAsync(string keyId, CancellationToken cancellationToken) =>
        await _table.FindAsync(keyId, KeyRow, cancellationToken) is { } row ? Read(keyId, row) : null;

    /// <summary>Puts the key itself last: what can sign in is always listed.</summary>
    public async Task SaveAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await _table.UpsertAsync(Write(new TableRow(TenantPrefix + key.Tenant.Value, key.KeyId), key), cancellationToken);
        await _table.UpsertAsync(Write(new TableRow(key.KeyId, KeyRow), key), cancellationToken);
    }

    public async IAsyncEnumerable<KeyRecord> ListAsync(TenantId tenant, string after, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(TenantPrefix + tenant.Value, after + "!", "~", limit, cancellationToken))
            yield return Read(row.Row, row);
    }

    private static TableRow Write(TableRow row, KeyRecord key)
    {
        row["Tenant"] = key.Tenant.Value;
        row["Name"] = key.Name;
        row["Scopes"] = string.Join(' ', key.Scopes);
        row["Hash"] = key.Hash;
        row["RateLimitPerMinute"] = key.RateLimitPerMinute;
        row["CreatedAt"] = key.CreatedAt;
        row["ExpiresAt"] = key.ExpiresAt;
        row["RevokedAt"] = key.RevokedAt;
        return row;
    }

    private static KeyRecord Read(string keyId, TableRow row) => new(
        keyId,
        TenantId.Parse(row.Text("Tenant")),
        row.Text("Name") ?? "",
        row.Text("Scopes")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        row.Bytes("Hash") ?? [],
        (int)row.Number("RateLimitPerMinute"),
        row.Time("CreatedAt") ?? default,
        row.Time("ExpiresAt"),
        row.Time("RevokedAt"));
}
