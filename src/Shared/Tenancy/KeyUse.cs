using System.Collections.Concurrent;
using System.Net;

namespace ProspectOps.Tenancy;

/// <summary>When each key was last used, from where and by what: noted in memory, written in batches.</summary>
public sealed class KeyUse(KeyStore store) : IBackgroundWrites
{
    private const int MostAgent = 120;
    private const int MostTogether = 100;

    private static readonly TimeSpan Fine = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Noted> _noted = new(StringComparer.Ordinal);

    /// <summary>Costs nothing for a key that was noted in this second.</summary>
    internal void Note(KeyRecord key, IPAddress? address, string? agent, DateTimeOffset now)
    {
        if (_noted.TryGetValue(key.KeyId, out var noted) && now - noted.At < Fine && Equals(noted.Address, address))
            return;
        _noted[key.KeyId] = new Noted(key.Tenant, now, address, agent is { Length: > MostAgent } ? agent[..MostAgent] : agent);
    }

    /// <summary>What is noted and not written yet; null where nothing is.</summary>
    public KeyUsed? Noticed(string keyId) => _noted.TryGetValue(keyId, out var noted) ? Used(keyId, noted) : null;

    /// <summary>When keys were last used, noted or written; those never used are missing.</summary>
    /// <param name="keyIds">In order.</param>
    public async Task<IReadOnlyDictionary<string, KeyUsed>> LastAsync(TenantId tenant, IReadOnlyList<string> keyIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyIds);
        if (keyIds.Count == 0)
            return new Dictionary<string, KeyUsed>();
        // Before the store is read: what is written from now on is noted no more.
        KeyUsed[] noted = [.. keyIds.Select(Noticed).OfType<KeyUsed>()];
        var last = new Dictionary<string, KeyUsed>(await store.UsedAsync(tenant, keyIds[0], keyIds[^1], cancellationToken), StringComparer.Ordinal);
        foreach (var one in noted)
            last[one.KeyId] = one;
        return last;
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in _noted.ToArray().GroupBy(pair => pair.Value.Tenant))
        {
            foreach (var together in tenant.Chunk(MostTogether))
            {
                await store.SaveUseAsync(tenant.Key, [.. together.Select(pair => Used(pair.Key, pair.Value))], cancellationToken);
                foreach (var pair in together)
                    _noted.TryRemove(pair);
            }
        }
    }

    private static KeyUsed Used(string keyId, Noted noted) => new(keyId, noted.At, noted.Address?.ToString(), noted.Agent);

    private sealed record Noted(TenantId Tenant, DateTimeOffset At, IPAddress? Address, string? Agent);
}
