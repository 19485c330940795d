using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProspectOps.Platform.Json;
using ProspectOps.Platform.Storage;

namespace ProspectOps.Tenancy;

/// <summary>
/// Table <c>ApiKeys</c>, a system table: <c>tenant:</c>tenant · keyId, the keys of a tenant, where changes are decided in one transaction; keyId · <c>key</c>, a copy
/// of one, which is read when it calls; tenant · <c>~used|</c>keyId, when it was last used; tenant · <c>~admins</c>, which changes whenever fewer may administer.
/// </summary>
public sealed class KeyStore(IStorage storage)
{
    private const string KeyRow = "key";
    // No key id and no tenant holds a colon, so the two kinds of partition never meet.
    private const string TenantPrefix = "tenant:";

    // Behind all key ids.
    private const string UsedPrefix = "~used|";
    private const string WarnedPrefix = "~warned|";
    private const string AdminsRow = "~admins";

    private readonly ITable _table = storage.Table("ApiKeys");

    public async Task<KeyRecord?> FindAsync(string keyId, CancellationToken cancellationToken) =>
        await _table.FindAsync(keyId, KeyRow, cancellationToken) is { } row ? Read(keyId, row) : null;

    /// <summary>Adds it, or puts it where one with its id is. The key itself comes last: what can sign in is always listed.</summary>
    public async Task SaveAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await _table.UpsertAsync(Listed(key), cancellationToken);
        await PublishAsync(key, cancellationToken);
    }

    /// <summary>As its tenant's list has it, with the version that a change replaces.</summary>
    public async Task<KeyRecord?> FindListedAsync(TenantId tenant, string keyId, CancellationToken cancellationToken) =>
        await _table.FindAsync(TenantPrefix + tenant.Value, keyId, cancellationToken) is { } row ? Read(keyId, row) : null;

    /// <summary>Lists <paramref name="next"/> in the place of <paramref name="old"/>. False where one of them changed, or is there.</summary>
    public async Task<bool> TryRotateAsync(KeyRecord old, KeyRecord next, CancellationToken cancellationToken) =>
        (await _table.TransactAsync([TableWrite.Insert(Listed(next)), TableWrite.Replace(Listed(old))], cancellationToken)).Committed;

    /// <summary>What changes whenever a tenant has fewer keys that administer it: read before they are counted.</summary>
    public async Task<string?> AdminsVersionAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TenantPrefix + tenant.Value, AdminsRow, cancellationToken))?.Version;

    /// <summary>Changes a key, unless it or <paramref name="adminsVersion"/> changed since they were read.</summary>
    public async Task<bool> TryReplaceAsync(KeyRecord key, string? adminsVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var admins = new TableRow(TenantPrefix + key.Tenant.Value, AdminsRow) { ["ChangedBy"] = key.KeyId, Version = adminsVersion };
        return (await _table.TransactAsync([TableWrite.Replace(Listed(key)), adminsVersion is null ? TableWrite.Insert(admins) : TableWrite.Replace(admins)], cancellationToken)).Committed;
    }

    /// <summary>Makes what is listed what signs in. Done again, it is the same.</summary>
    public async Task PublishAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (var listed = key; ;)
        {
            var published = listed;
            await _table.UpsertAsync(Write(new TableRow(key.KeyId, KeyRow), published), cancellationToken);
            // Whoever ended it meanwhile may have published that before us: what is listed now is looked at after we wrote.
            if (await FindListedAsync(key.Tenant, key.KeyId, cancellationToken) is not { } found)
            {
                await _table.DeleteAsync(key.KeyId, KeyRow, cancellationToken);
                return;
            }
            if ((found.RevokedAt, found.ExpiresAt, found.NextKeyId) == (published.RevokedAt, published.ExpiresAt, published.NextKeyId))
                return;
            listed = found;
        }
    }

    /// <summary>Takes a key away for good, the one that signs in first.</summary>
    public async Task DeleteAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await _table.DeleteAsync(key.KeyId, KeyRow, cancellationToken);
        await _table.DeleteAsync(TenantPrefix + key.Tenant.Value, key.KeyId, cancellationToken);
    }

    /// <summary>Takes away what is kept beside a tenant's keys, once they are gone.</summary>
    public async Task DeleteRestAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var rows = new List<string>();
        await foreach (var row in _table.RangeAsync(TenantPrefix + tenant.Value, "~", "~~", 1000, cancellationToken))
            rows.Add(row.Row);
        foreach (var row in rows)
            await _table.DeleteAsync(TenantPrefix + tenant.Value, row, cancellationToken);
    }

    /// <summary>Keeps when keys of one tenant were last used: up to 100.</summary>
    public Task SaveUseAsync(TenantId tenant, IReadOnlyList<KeyUsed> used, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(used);
        return _table.TransactAsync([.. used.Select(one => TableWrite.Upsert(new TableRow(TenantPrefix + tenant.Value, UsedPrefix + one.KeyId)
        {
            ["At"] = one.At,
            ["Address"] = one.Address,
            ["Agent"] = one.Agent,
        }))], cancellationToken);
    }

    /// <summary>When the keys from one to another were last used; those never used are missing.</summary>
    public async Task<IReadOnlyDictionary<string, KeyUsed>> UsedAsync(TenantId tenant, string first, string last, CancellationToken cancellationToken)
    {
        var used = new Dictionary<string, KeyUsed>(StringComparer.Ordinal);
        await foreach (var row in _table.RangeAsync(TenantPrefix + tenant.Value, UsedPrefix + first, UsedPrefix + last + "~", 1000, cancellationToken))
        {
            var keyId = row.Row[UsedPrefix.Length..];
            used[keyId] = new KeyUsed(keyId, row.Time("At") ?? default, row.Text("Address"), row.Text("Agent"));
        }
        return used;
    }

    /// <summary>How many days before it was due the last warning about a key was; null before the first.</summary>
    public async Task<int?> WarnedAsync(KeyRecord key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (await _table.FindAsync(TenantPrefix + key.Tenant.Value, WarnedPrefix + key.KeyId, cancellationToken))?["Days"] as int?;
    }

    public Task SaveWarnedAsync(KeyRecord key, int days, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _table.UpsertAsync(new TableRow(TenantPrefix + key.Tenant.Value, WarnedPrefix + key.KeyId) { ["Days"] = days }, cancellationToken);
    }

    public async IAsyncEnumerable<KeyRecord> ListAsync(TenantId tenant, string after, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.RangeAsync(TenantPrefix + tenant.Value, after + "!", "~", limit, cancellationToken))
            yield return Read(row.Row, row);
    }

    private static TableRow Listed(KeyRecord key)
    {
        var row = Write(new TableRow(TenantPrefix + key.Tenant.Value, key.KeyId), key);
        row.Version = key.Version;
        return row;
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
        Tenant = TenantId.Recorded(row.Text("Tenant")),
        Name = row.Text("Name") ?? "",
        Scopes = row.Text("Scopes")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Hash = row.Bytes("Hash") ?? [],
        RateLimitPerMinute = (int)row.Number("RateLimitPerMinute"),
        CreatedAt = row.Time("CreatedAt") ?? default,
        CreatedBy = row.Text("CreatedBy"),
        ExpiresAt = row.Time("ExpiresAt"),
        RevokedAt = row.Time("RevokedAt"),
        AllowedNetworks = [.. (row.Text("AllowedNetworks") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)],
        Quotas = row.Text("Quotas") is { } quotas ? JsonSerializer.Deserialize<QuotaSettings>(quotas, JsonDefaults.Options)! : QuotaSettings.None,
        RotateEveryDays = row["RotateEveryDays"] as int?,
        PreviousKeyId = row.Text("PreviousKeyId"),
        NextKeyId = row.Text("NextKeyId"),
        Version = row.Version,
    };
}
