using System.Collections.Concurrent;

namespace ProspectOps.Tenancy;

/// <summary>Tells whose key a request carries. A key is read from the store once, then answered from memory and checked again behind the caller's back every 4 s while it is in use.</summary>
public sealed class Authenticator(KeyDirectory keys, KeyHasher hasher, TimeProvider clock)
{
    private const int ManyTexts = 20_000;

    // Texts that proved to be their key, and the hash that they matched: the next request with one costs a comparison and no hash.
    private readonly ConcurrentDictionary<string, byte[]> _proven = new(StringComparer.Ordinal);

    public async ValueTask<SignIn> SignInAsync(string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(text))
            return new SignIn(null, TenancyErrors.KeyMissing);
        if (!ApiKey.TryParse(text, out var key))
            return new SignIn(null, TenancyErrors.KeyInvalid);
        if (await keys.FindAsync(key.KeyId, cancellationToken) is not { } record)
            return new SignIn(null, TenancyErrors.KeyInvalid);
        return new SignIn(record, Proves(text, key, record) && record.IsUsableAt(clock.GetUtcNow()) ? null : TenancyErrors.KeyInvalid);
    }

    private bool Proves(string text, ApiKey key, KeyRecord record)
    {
        if (_proven.TryGetValue(text, out var hash) && hash.AsSpan().SequenceEqual(record.Hash))
            return true;
        if (!hasher.Matches(key, record.Hash))
            return false;
        if (_proven.Count > ManyTexts)
            _proven.Clear();
        _proven[text] = record.Hash;
        return true;
    }
}
