using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Hosting;

namespace ProspectOps.Tenancy;

/// <summary>Sees to it that a local installation has a key that can do everything, before anything answers.</summary>
internal sealed class BootstrapKey(KeyStore keys, KeyHasher hasher, TimeProvider clock, IOptions<TenancyOptions> options) : IHostedService
{
    private const int RateLimitPerMinute = 1_000_000;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.BootstrapKeyFile is not { Length: > 0 } file)
            return;
        if (!ApiKey.TryParse(DataFolder.ReadOrMakeFile(file, () => ApiKey.New().Text), out var key))
            throw new InvalidOperationException($"{file} holds no API key: delete it, and the next start makes a new one.");
        if (await keys.FindAsync(key.KeyId, cancellationToken) is { } kept && hasher.Matches(key, kept.Hash))
            return;
        await keys.SaveAsync(
            new KeyRecord
            {
                KeyId = key.KeyId,
                Tenant = TenantId.Default,
                Name = "made by the first start",
                Scopes = [Scope.All],
                Hash = hasher.Hash(key),
                RateLimitPerMinute = RateLimitPerMinute,
                CreatedAt = clock.GetUtcNow(),
            },
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
