using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Statistics;

/// <summary>Counts checks by tenant, in this process's memory: counting must not cost a storage call a check.</summary>
public sealed class CheckStatistics(TimeProvider time)
{
    private readonly ConcurrentDictionary<TenantId, Sums> _byTenant = new();
    private readonly DateTimeOffset _since = time.GetUtcNow();

    public CheckCounts Of(TenantId tenant) => _byTenant.GetOrAdd(tenant, static _ => new Sums()).Read(_since);

    internal void Count(TenantId tenant, EmailBatch batch) => _byTenant.GetOrAdd(tenant, static _ => new Sums()).Count(batch);

    private sealed class Sums
    {
        // Each bound is a quarter above the one before: 0.05 ms to about 20 minutes.
        private const double FirstBound = 0.05;
        private const double Growth = 1.25;
        private const int Bounds = 78;

        private readonly Lock _gate = new();
        private readonly long[] _byVerdict = new long[Enum.GetValues<Verdict>().Length];
        private readonly long[] _slots = new long[Bounds];
        private long _checks;
        private long _hits;
        private long _misses;
        private long _measured;
        private double _milliseconds;

        public void Count(EmailBatch batch)
        {
            lock (_gate)
            {
                _hits += batch.CacheHits;
                _misses += batch.CacheMisses;
                _checks += batch.Checked.Count;
                foreach (var (result, _) in batch.Checked)
                {
                    _byVerdict[(int)result.Verdict]++;
                    if (result.Cached)
                        continue;
                    _measured++;
                    _milliseconds += result.DurationMs;
                    var slot = result.DurationMs <= FirstBound ? 0 : (int)Math.Ceiling(Math.Log(result.DurationMs / FirstBound) / Math.Log(Growth));
                    _slots[Math.Min(slot, Bounds - 1)]++;
                }
            }
        }

        public CheckCounts Read(DateTimeOffset since)
        {
            lock (_gate)
            {
                var looked = _hits + _misses;
                var byVerdict = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, verdict => _byVerdict[(int)verdict]);
                var timings = new CheckTimings(_measured, _measured == 0 ? 0 : Math.Round(_milliseconds / _measured, 3), At(0.5), At(0.95), At(0.99));
                return new CheckCounts(since, _checks, _hits, _misses, looked == 0 ? null : Math.Round((double)_hits / looked, 4), byVerdict, timings);
            }
        }

        /// <summary>The bound below which that part of the checks lies.</summary>
        private double At(double part)
        {
            var wanted = (long)Math.Ceiling(_measured * part);
            long seen = 0;
            for (var slot = 0; slot < Bounds && _measured > 0; slot++)
            {
                seen += _slots[slot];
                if (seen >= wanted)
                    return Math.Round(FirstBound * Math.Pow(Growth, slot), 3);
            }
            return 0;
        }
    }
}
