using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Tenancy;

/// <summary>Makes, rotates and revokes keys. Every change is in the audit log before it is made.</summary>
public sealed class KeyService(KeyStore keys, KeyDirectory directory, TenantStore tenants, KeyHasher hasher, AuditLog audit, TimeProvider clock)
{
    private const int Attempts = 50;

    /// <summary>Makes a key for the caller's tenant, or for the one that the operator names.</summary>
    /// <param name="seed">Decides the key: the same request made twice makes the same one.</param>
    /// <exception cref="DomainException"><c>validation_failed</c>, <c>scope_not_grantable</c>, <c>operator_only</c>, <c>tenant_not_found</c>.</exception>
    public async Task<(KeyRecord Record, ApiKey Key)> CreateAsync(Caller caller, NewKey wanted, string? tenantId, string seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(wanted);
        wanted.Check(clock.GetUtcNow());
        RequireGrantable(caller, wanted.Scopes!);
        var tenant = await TenantAsync(caller, tenantId, cancellationToken);
        var key = hasher.Derive(seed);
        var record = new KeyRecord
        {
            KeyId = key.KeyId,
            Tenant = tenant,
            Name = wanted.Name!,
            Scopes = [.. wanted.Scopes!.Distinct()],
            Hash = hasher.Hash(key),
            RateLimitPerMinute = wanted.RateLimitPerMinute ?? KeyRecord.DefaultRateLimitPerMinute,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = caller.KeyId,
            ExpiresAt = wanted.ExpiresAt,
            AllowedNetworks = [.. (wanted.AllowedNetworks ?? []).Select(text => AllowedNetwork.TryParse(text, out var network) ? network : throw new FormatException("Not a network."))],
            Quotas = wanted.Quotas ?? QuotaSettings.None,
            RotateEveryDays = wanted.RotateEveryDays,
        };
        await audit.RecordAsync(tenant, AuditDraft.By(caller, "key.create", Id(record), null, Shown(record)), cancellationToken);
        await keys.SaveAsync(record, cancellationToken);
        return (record, key);
    }

    /// <summary>Makes a key that takes the place of another, which goes on for a while.</summary>
    /// <exception cref="DomainException"><c>key_not_found</c>, <c>key_not_active</c>, <c>key_already_rotated</c>, <c>scope_not_grantable</c>.</exception>
    public async Task<(KeyRecord Old, KeyRecord Next, ApiKey Key)> RotateAsync(Caller caller, string keyId, TimeSpan grace, string seed, CancellationToken cancellationToken)
    {
        var key = hasher.Derive(seed);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetUtcNow();
            var old = await FindAsync(caller, keyId, cancellationToken);
            if (old.NextKeyId is { } taken)
            {
                // The same request, whose first run died after it was decided.
                if (taken != key.KeyId || await keys.FindListedAsync(old.Tenant, taken, cancellationToken) is not { } made)
                    throw new DomainException(TenancyErrors.KeyAlreadyRotated(taken));
                return await PublishAsync(old, made, key, cancellationToken);
            }
            if (!old.IsUsableAt(now))
                throw new DomainException(TenancyErrors.KeyNotActive);
            RequireGrantable(caller, old.Scopes);
            var ends = old.ExpiresAt is { } expires && expires < now + grace ? expires : now + grace;
            var next = old with { KeyId = key.KeyId, Hash = hasher.Hash(key), CreatedAt = now, CreatedBy = caller.KeyId, PreviousKeyId = old.KeyId, Version = null };
            var replaced = old with { ExpiresAt = ends, NextKeyId = next.KeyId };
            await audit.RecordAsync(old.Tenant, AuditDraft.By(caller, "key.rotate", Id(old), Shown(old), Shown(next)), cancellationToken);
            if (await keys.TryRotateAsync(replaced, next, cancellationToken))
                return await PublishAsync(replaced, next, key, cancellationToken);
        }
        throw new DomainException(TenancyErrors.KeyChanged);
    }

    /// <summary>Ends a key: here at once, in other processes within 5 s. Again is no error.</summary>
    /// <exception cref="DomainException"><c>key_not_found</c>, <c>last_admin_key</c>.</exception>
    public async Task<KeyRecord> RevokeAsync(Caller caller, string keyId, CancellationToken cancellationToken)
    {
        var recorded = false;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = clock.GetUtcNow();
            var key = await FindAsync(caller, keyId, cancellationToken);
            var adminsVersion = await keys.AdminsVersionAsync(key.Tenant, cancellationToken);
            var revoked = key with { RevokedAt = key.RevokedAt ?? now };
            if (key.RevokedAt is null)
            {
                if (key.CanAdminister(now) && !await AnotherAdministersAsync(key, now, cancellationToken))
                    throw new DomainException(TenancyErrors.LastAdminKey);
                if (!recorded)
                    await audit.RecordAsync(key.Tenant, AuditDraft.By(caller, "key.revoke", Id(key), Shown(key), Shown(revoked)), cancellationToken);
                recorded = true;
                if (!await keys.TryReplaceAsync(revoked, adminsVersion, cancellationToken))
                    continue;
            }
            // Also where it was revoked before: whoever did so may have died before it took effect.
            await keys.PublishAsync(revoked, cancellationToken);
            directory.Forget(key.KeyId);
            return revoked;
        }
        throw new DomainException(TenancyErrors.KeyChanged);
    }

    /// <summary>A key of the caller's tenant, or of any for the operator.</summary>
    /// <param name="keyId">As clients have it: <c>key_…</c>.</param>
    /// <exception cref="DomainException"><c>key_not_found</c>.</exception>
    public async Task<KeyRecord> FindAsync(Caller caller, string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(keyId);
        // What signs in tells the tenant; what the tenant's list says is so.
        var known = keyId.StartsWith("key_", StringComparison.Ordinal) && Platform.Ids.Base32.IsValid(keyId.AsSpan(4)) ? await keys.FindAsync(keyId[4..], cancellationToken) : null;
        return known is not null && (known.Tenant == caller.Tenant || caller.IsOperator("admin:read"))
            ? await keys.FindListedAsync(known.Tenant, known.KeyId, cancellationToken) ?? throw new DomainException(TenancyErrors.KeyNotFound)
            : throw new DomainException(TenancyErrors.KeyNotFound);
    }

    /// <summary>The tenant that a call is about: the caller's own, or the one that the operator names.</summary>
    /// <exception cref="DomainException"><c>operator_only</c>, <c>tenant_not_found</c>.</exception>
    public async Task<TenantId> TenantAsync(Caller caller, string? named, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (named is null || named == caller.Tenant.Value)
            return caller.Tenant;
        if (!caller.IsOperator("admin:read"))
            throw new DomainException(TenancyErrors.OperatorOnly);
        return TenantId.TryNamed(caller, "admin:read", named, out var tenant) && await tenants.FindAsync(tenant, cancellationToken) is { Status: not TenantStatus.Deleting }
            ? tenant
            : throw new DomainException(TenancyErrors.TenantNotFound);
    }

    private async Task<(KeyRecord, KeyRecord, ApiKey)> PublishAsync(KeyRecord old, KeyRecord next, ApiKey key, CancellationToken cancellationToken)
    {
        await keys.PublishAsync(next, cancellationToken);
        await keys.PublishAsync(old, cancellationToken);
        directory.Forget(old.KeyId);
        return (old, next, key);
    }

    private async Task<bool> AnotherAdministersAsync(KeyRecord key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var other in keys.ListAsync(key.Tenant, "", 1000, cancellationToken))
        {
            if (other.KeyId != key.KeyId && other.CanAdminister(now))
                return true;
        }
        return false;
    }

    private static void RequireGrantable(Caller caller, IEnumerable<string> scopes)
    {
        foreach (var scope in scopes.Where(scope => !Scope.Allows(caller.Scopes, scope)))
            throw new DomainException(TenancyErrors.ScopeUngrantable(scope));
    }

    internal static string Id(KeyRecord key) => $"key_{key.KeyId}";

    internal static object Shown(KeyRecord key) => new
    {
        keyId = Id(key),
        key.Name,
        key.Scopes,
        key.RateLimitPerMinute,
        allowedNetworks = key.AllowedNetworks.Select(network => network.ToString()),
        key.Quotas,
        key.RotateEveryDays,
        key.ExpiresAt,
        key.RevokedAt,
    };
}
