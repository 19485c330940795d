using Microsoft.Extensions.Options;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Cache;

/// <summary>A tenant's remembered verdicts, in memory and in storage. No tenant sees another's.</summary>
public sealed class ValidationCache(ValidationCacheStore store, IOptions<ValidationOptions> options, TimeProvider time)
{
    private readonly HotVerdicts _hot = new(options.Value.CacheMemoryEntries, time);

    /// <summary>What is remembered of each address; null where nothing is, where it does not parse, or where it would not answer.</summary>
    /// <param name="emails">As given; thousands at once cost 16 storage reads.</param>
    /// <param name="smtpProbe">Whether mail servers are to be asked: then a verdict without them is not enough.</param>
    /// <returns>In the order of <paramref name="emails"/>, marked as cached.</returns>
    public async Task<IReadOnlyList<ValidationResult?>> ReadAsync(TenantId tenant, IReadOnlyList<string> emails, bool smtpProbe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        var addresses = new EmailAddress?[emails.Count];
        for (var i = 0; i < addresses.Length; i++)
            addresses[i] = EmailAddress.TryParse(emails[i].AsSpan().Trim(), out var address, out _) ? address : null;
        var found = await FindManyAsync(tenant, addresses.OfType<EmailAddress>().Select(address => address.Canonical), smtpProbe, CacheUse.Storage, cancellationToken);
        var now = time.GetUtcNow();
        return [.. addresses.Index().Select(one => one.Item is { } address && found.TryGetValue(address.Canonical, out var verdict) ? verdict.For(emails[one.Index], address, now) : null)];
    }

    /// <summary>Remembers results that were found out just now; what does not parse, what a rule decided and what came from the cache is left out.</summary>
    /// <remarks>Thousands at once cost 16 to 96 storage writes. Doing it twice does no harm.</remarks>
    public Task WriteAsync(TenantId tenant, IEnumerable<ValidationResult> results, CancellationToken cancellationToken) =>
        KeepAsync(
            tenant,
            results.Where(result => result is { Cached: false, Normalized: not null, Checks.Rule: null }).Select(result => KeyValuePair.Create(result.Normalized!, CachedVerdict.Of(result))),
            CacheUse.Storage, cancellationToken);

    /// <summary>Forgets one address; a missing one is no error.</summary>
    public async Task ForgetAsync(TenantId tenant, EmailAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        await store.DeleteAsync(tenant, MailboxHash.Of(address.Canonical), cancellationToken);
        _hot.Forget(tenant, address.Canonical);
    }

    /// <summary>What is remembered of canonical addresses, by them.</summary>
    internal async Task<IReadOnlyDictionary<string, CachedVerdict>> FindManyAsync(
        TenantId tenant, IEnumerable<string> canonicals, bool smtpProbe, CacheUse use, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, CachedVerdict>(StringComparer.Ordinal);
        if (use == CacheUse.Refresh)
            return found;
        var missing = new Dictionary<MailboxHash, string>();
        foreach (var canonical in canonicals)
        {
            if (found.ContainsKey(canonical))
                continue;
            if (_hot.Find(tenant, canonical) is { } hot && hot.Answers(smtpProbe))
                found.Add(canonical, hot);
            else if (use == CacheUse.Storage)
                missing.TryAdd(MailboxHash.Of(canonical), canonical);
        }
        if (missing.Count == 0)
            return found;
        foreach (var (mailbox, verdict) in await store.FindManyAsync(tenant, missing.Keys, cancellationToken))
        {
            _hot.Put(tenant, missing[mailbox], verdict);
            if (verdict.Answers(smtpProbe))
                found.Add(missing[mailbox], verdict);
        }
        return found;
    }

    /// <summary>Remembers verdicts by canonical address.</summary>
    internal async Task KeepAsync(TenantId tenant, IEnumerable<KeyValuePair<string, CachedVerdict>> verdicts, CacheUse use, CancellationToken cancellationToken)
    {
        var kept = verdicts.ToArray();
        if (use != CacheUse.Memory)
            await store.WriteAsync(tenant, kept.Select(pair => KeyValuePair.Create(MailboxHash.Of(pair.Key), pair.Value)), cancellationToken);
        foreach (var (canonical, verdict) in kept)
            _hot.Put(tenant, canonical, verdict);
    }
}
