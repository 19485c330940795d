using Microsoft.Extensions.Logging;

namespace ProspectOps.Tenancy;

/// <summary>Keys as they were no longer than 5 s ago: what every request asks, from memory.</summary>
public sealed class KeyDirectory
{
    private readonly FreshCache<KeyRecord> _keys;

    public KeyDirectory(KeyStore store, TimeProvider clock, ILogger<KeyDirectory> log) =>
        _keys = new FreshCache<KeyRecord>(store.FindAsync, log.KeyCheckFailed, clock);

    public ValueTask<KeyRecord?> FindAsync(string keyId, CancellationToken cancellationToken) => _keys.FindAsync(keyId, cancellationToken);

    /// <summary>Its next use reads it again: it was changed here.</summary>
    public void Forget(string keyId) => _keys.Forget(keyId);
}
