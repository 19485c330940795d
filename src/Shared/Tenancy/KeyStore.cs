using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Json;
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

    public async IAsyncEnumerable<KeyRecord> ListAsync(TenantId tenant, string after, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
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
        row["CreatedBy"] = key.CreatedBy;
        row["ExpiresAt"] = key.ExpiresAt;
        row["RevokedAt"] = key.RevokedAt;
        row["AllowedNetworks"] = string.Join(' ', key.AllowedNetworks);
        row["Quotas"] = JsonSerializer.Serialize(key.Quotas, JsonDefaults.Options);
        row["RotateEveryDays"] = key.RotateEveryDays;
        row["PreviousKeyId"] = key.PreviousKeyId;
        row["NextKeyId"] = key.NextKeyId;
        return row;
    }

    private static KeyRecord Read(string keyId, TableRow row) => new()
    {
        KeyId = keyId,
        Tenant = TenantId.Parse(row.Text("Tenant")),
        Name = row.Text("Name") ?? "",
        Scopes = row.Text("Scopes")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Hash = row.Bytes("Hash") ?? [],
        RateLimitPerMinute = (int)row.Number("RateLimitPerMinute"),
        CreatedAt = row.Time("CreatedAt") ?? default,
        CreatedBy = row.Text("CreatedBy"),
        ExpiresAt = row.Time("ExpiresAt"),
        RevokedAt = row.Time("RevokedAt"),
        AllowedNetworks = row.Text("AllowedNetworks")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Quotas = row.Text("Quotas") is { } quotas ? JsonSerializer.Deserialize<QuotaSettings>(quotas, JsonDefaults.Options)! : QuotaSettings.None,
        RotateEveryDays = row["RotateEveryDays"] as int?,
        PreviousKeyId = row.Text("PreviousKeyId"),
        NextKeyId = row.Text("NextKeyId"),
        Version = row.Version,
    };
}
