using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Tenancy;

/// <summary>Tells whose key a request carries. A key is read from the store once, then answered from memory and checked again behind the caller's back every 4 s while it is in use.</summary>
public sealed class Authenticator(KeyStore keys, KeyHasher hasher, TimeProvider clock, ILogger<Authenticator> log)
{
    private static readonly TimeSpan CheckAgainAfter = TimeSpan.FromSeconds(4);

    // A key that was not in use is not vouched for by what was known of it.
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <exception cref="DomainException"><c>api_key_missing</c>, <c>api_key_invalid</c>.</exception>
    public async ValueTask<KeyRecord> AuthenticateAsync(string? text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(text))
            throw new DomainException(TenancyErrors.KeyMissing);
        if (!ApiKey.TryParse(text, out var key))
            throw new DomainException(TenancyErrors.KeyInvalid);

        // The proven text is kept, so that the next request with it costs a comparison and no hash.
        if (_known.TryGetValue(text, out var known) && clock.GetElapsedTime(known.CheckedAt) < KnownFor)
        {
            if (clock.GetElapsedTime(known.CheckedAt) > CheckAgainAfter && known.TryBeginCheck())
                _ = CheckAgainAsync(text, known);
        }
        else
        {
            var record = await keys.FindAsync(key.KeyId, cancellationToken);
            if (record is null || !hasher.Matches(key, record.Hash))
                throw new DomainException(TenancyErrors.KeyInvalid);
            _known[text] = known = new Known(record, clock.GetTimestamp());
        }
        return known.Record.IsUsableAt(clock.GetUtcNow()) ? known.Record : throw new DomainException(TenancyErrors.KeyInvalid);
    }

    /// <summary>Looks a key up again at its next use: it was changed here.</summary>
    public void Forget(string keyId)
    {
        foreach (var (text, known) in _known)
        {
            if (known.Record.KeyId == keyId)
                _known.TryRemove(text, out _);
        }
    }

    private async Task CheckAgainAsync(string text, Known known)
    {
        try
        {
            if (await keys.FindAsync(known.Record.KeyId, CancellationToken.None) is { } record)
                _known[text] = new Known(record, clock.GetTimestamp());
            else
                _known.TryRemove(text, out _);
        }
        catch (Exception e)
        {
            // The edge of a background task: the key stays as it was known, and the next request tries again.
            log.KeyCheckFailed(e, known.Record.KeyId);
            known.EndCheck();
        }
    }

    private sealed class Known(KeyRecord record, long checkedAt)
    {
        private int _checking;

        public KeyRecord Record { get; } = record;

        public long CheckedAt { get; } = checkedAt;

        public bool TryBeginCheck() => Interlocked.Exchange(ref _checking, 1) == 0;

        public void EndCheck() => Volatile.Write(ref _checking, 0);
    }
}
