using System.Collections.Concurrent;

namespace ProspectOps.Tenancy;

/// <summary>Tells whose key a request carries. A key is read from the store once, then answered from memory and checked again behind the caller's back every 4 s while it is in use.</summary>
public sealed class Authenticator(KeyDirectory keys, KeyHasher hasher, TimeProvider clock)
{
    private const int ManyTexts = 20_000;

    // Texts that proved to be their key, and the hash that they matched: the next request with one costs a comparison, and neither checksum nor hash.
    private readonly ConcurrentDictionary<string, (string KeyId, byte[] Hash)> _proven = new(StringComparer.Ordinal);

    public async ValueTask<SignIn> SignInAsync(string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(text))
            return new SignIn(null, TenancyErrors.KeyMissing);
        var isKnown = _proven.TryGetValue(text, out var proven);
        ApiKey? key = null;
        if (!isKnown && !ApiKey.TryParse(text, out key))
            return new SignIn(null, TenancyErrors.KeyInvalid);
        if (await keys.FindAsync(isKnown ? proven.KeyId : key!.KeyId, cancellationToken) is not { } record)
            return new SignIn(null, TenancyErrors.KeyInvalid);
        var isProven = (isKnown && proven.Hash.AsSpan().SequenceEqual(record.Hash)) || Proves(text, record);
        return new SignIn(record, isProven && record.IsUsableAt(clock.GetUtcNow()) ? null : TenancyErrors.KeyInvalid);
    }

    private bool Proves(string text, KeyRecord record)
    {
        if (!ApiKey.TryParse(text, out var key) || !hasher.Matches(key, record.Hash))
            return false;
        // Counting takes all of the dictionary's locks; only new texts pay for it.
        if (_proven.Count > ManyTexts)
            _proven.Clear();
        _proven[text] = (record.KeyId, record.Hash);
        return true;
    }
}
