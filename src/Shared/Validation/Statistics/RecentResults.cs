using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Statistics;

/// <summary>The last addresses that this process judged for each tenant, with the verdict where no rule decided: what new rules are tried on.</summary>
/// <remarks>In memory alone, so that no list of addresses lies anywhere that nobody asked for.</remarks>
public sealed class RecentResults
{
    /// <summary>Addresses kept for a tenant.</summary>
    public const int Most = 500;

    // What is longer is no address and no rule finds it, but it may have a megabyte.
    private const int MostCharacters = 1_000;

    private readonly ConcurrentDictionary<TenantId, Ring> _byTenant = new();

    /// <summary>The newest first, each address once.</summary>
    public IReadOnlyList<(string Email, Verdict? Verdict)> Of(TenantId tenant) => _byTenant.TryGetValue(tenant, out var ring) ? ring.NewestFirst() : [];

    internal void Add(TenantId tenant, IEnumerable<(string Email, Verdict? Verdict)> results) => _byTenant.GetOrAdd(tenant, static _ => new Ring()).Add(results);

    private sealed class Ring
    {
        private readonly Lock _gate = new();
        private readonly (string Email, Verdict? Verdict)[] _kept = new (string, Verdict?)[Most];
        private long _next;

        public void Add(IEnumerable<(string Email, Verdict? Verdict)> results)
        {
            lock (_gate)
            {
                foreach (var result in results.Where(result => result.Email.Length <= MostCharacters))
                    _kept[_next++ % Most] = result;
            }
        }

        public IReadOnlyList<(string Email, Verdict? Verdict)> NewestFirst()
        {
            lock (_gate)
                return [.. Enumerable.Range(1, (int)Math.Min(_next, Most)).Select(back => _kept[(_next - back) % Most]).DistinctBy(one => one.Email)];
        }
    }
}
