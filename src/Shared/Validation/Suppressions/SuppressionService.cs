using Microsoft.Extensions.Caching.Memory;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Suppressions;

/// <summary>Who must never be written to, by canonical address: checks, jobs and pipelines stop there.</summary>
public sealed class SuppressionService(SuppressionStore store, TimeProvider clock) : IDisposable
{
    private static readonly MemoryCacheEntryOptions Idle = new() { SlidingExpiration = TimeSpan.FromMinutes(10) };

    private readonly MemoryCache _lists = new(new MemoryCacheOptions());

    /// <summary>Adds addresses; those that are there stay as they are.</summary>
    /// <param name="source">Where they come from, such as <c>api</c> or <c>csv</c>.</param>
    /// <returns>How many were new, and the indexes of those that are no addresses.</returns>
    public async Task<(int Added, IReadOnlyList<int> Rejected)> AddAsync(TenantId tenant, IReadOnlyList<(string Email, string? Reason)> emails, string source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        var now = clock.GetUtcNow();
        var (taken, rejected) = (new List<Suppression>(emails.Count), new List<int>());
        foreach (var (index, (email, reason)) in emails.Index())
        {
            if (EmailAddress.CanonicalOf(email) is { } canonical)
                taken.Add(new Suppression(email.Trim(), canonical, reason, source, now));
            else
                rejected.Add(index);
        }
        var added = await store.AddAsync(tenant, taken, cancellationToken);
        List(tenant).Expire();
        return (added, rejected);
    }

    /// <exception cref="DomainException"><c>suppression_not_found</c>.</exception>
    public async Task RemoveAsync(TenantId tenant, string email, CancellationToken cancellationToken)
    {
        if (EmailAddress.CanonicalOf(email) is not { } canonical || !await store.RemoveAsync(tenant, canonical, cancellationToken))
            throw new DomainException(SuppressionErrors.NotFound);
        List(tenant).Expire();
    }

    public Task<Suppression?> GetAsync(TenantId tenant, string email, CancellationToken cancellationToken) =>
        EmailAddress.CanonicalOf(email) is { } canonical ? store.FindAsync(tenant, canonical, cancellationToken) : Task.FromResult<Suppression?>(null);

    /// <summary>Page by page; the order means nothing.</summary>
    public async Task<(IReadOnlyList<Suppression> Items, string? Next)> ListAsync(TenantId tenant, string after, int limit, CancellationToken cancellationToken)
    {
        var items = new List<Suppression>(limit);
        var last = "";
        await foreach (var (one, place) in store.ListAsync(tenant, after, limit + 1, cancellationToken))
        {
            if (items.Count == limit)
                return (items, last);
            items.Add(one);
            last = place;
        }
        return (items, null);
    }

    public async IAsyncEnumerable<Suppression> AllAsync(TenantId tenant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (one, _) in store.ListAsync(tenant, "", 1000, cancellationToken))
            yield return one;
    }

    /// <summary>Indexes of those that are suppressed, as of 2 s ago at the latest.</summary>
    public async ValueTask<IReadOnlyList<int>> FindAsync(TenantId tenant, IReadOnlyList<string> emails, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        var list = List(tenant);
        await list.RefreshAsync(cancellationToken);
        if (list.IsEmpty)
            return [];
        return [.. Enumerable.Range(0, emails.Count).Where(index => EmailAddress.CanonicalOf(emails[index]) is { } canonical && list.Holds(canonical))];
    }

    public void Dispose() => _lists.Dispose();

    private SuppressionList List(TenantId tenant) => _lists.GetOrCreate(tenant, entry =>
    {
        entry.SetOptions(Idle);
        return new SuppressionList(store, tenant, clock);
    })!;
}
