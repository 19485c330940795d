using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Hosting;
using ProspectOps.Tenancy.Audit;

namespace ProspectOps.Tenancy;

/// <summary>Sees to it that an installation has a key that can do everything, before anything answers: a local one in a file, another one in its settings.</summary>
internal sealed class BootstrapKey(KeyStore keys, KeyHasher hasher, AuditLog audit, TimeProvider clock, IOptions<TenancyOptions> options) : IHostedService
{
    private const int RateLimitPerMinute = 1_000_000;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.BootstrapKeyFile is { Length: > 0 } file)
        {
            if (!ApiKey.TryParse(DataFolder.ReadOrMakeFile(file, () => ApiKey.New().Text), out var key))
                throw new InvalidOperationException($"{file} holds no API key: delete it, and the next start makes a new one.");
            await KeepAsync(key, "made by the first start", cancellationToken);
        }
        // Revoked, it stays revoked: there has to be another before that.
        if (ApiKey.TryParse(options.Value.BootstrapKey, out var stated) && !await AnybodyAdministersAsync(cancellationToken))
            await KeepAsync(stated, "from setting Tenancy:BootstrapKey", cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task KeepAsync(ApiKey key, string name, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(key.KeyId, cancellationToken) is { } kept && hasher.Matches(key, kept.Hash))
            return;
        var record = new KeyRecord
        {
            KeyId = key.KeyId,
            Tenant = TenantId.Default,
            Name = name,
            Scopes = [Scope.All],
            Hash = hasher.Hash(key),
            RateLimitPerMinute = RateLimitPerMinute,
            CreatedAt = clock.GetUtcNow(),
        };
        await audit.RecordAsync(record.Tenant, new AuditDraft("system", record.Tenant.Value, "key.create", KeyService.Id(record), null, KeyService.Shown(record), null, null), cancellationToken);
        await keys.SaveAsync(record, cancellationToken);
    }

    private async Task<bool> AnybodyAdministersAsync(CancellationToken cancellationToken)
    {
        await foreach (var key in keys.ListAsync(TenantId.Default, "", 1000, cancellationToken))
        {
            if (key.CanAdminister(clock.GetUtcNow()))
                return true;
        }
        return false;
    }
}
