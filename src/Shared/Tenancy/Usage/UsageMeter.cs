using System.Collections.Concurrent;

namespace ProspectOps.Tenancy.Usage;

/// <summary>Counts what tenants use, in memory; sums are written every 2 s. A crash loses what was counted in the last 2 s and the write under way, and never more.</summary>
public sealed class UsageMeter(UsageStore store, TimeProvider clock) : IBackgroundWrites, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<(TenantId Tenant, DateOnly Day, string KeyId, string Operation), Sum> _sums = new();

    /// <summary>Waits for nothing.</summary>
    /// <param name="keyId">The key that asked for it; null where none did.</param>
    /// <param name="operation">What it was for; no <c>/ \ # ? |</c>.</param>
    public void Count(TenantId tenant, string? keyId, string operation, UsageCounts counts)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var key = (tenant, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), keyId ?? "", operation);
        while (!_sums.GetOrAdd(key, static _ => new Sum()).TryAdd(counts))
            continue; // taken to be written: there is a new one
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var tenant in _sums.ToArray().GroupBy(pair => pair.Key.Tenant))
            {
                // Taken out first, then closed: who still holds a sum that is taken finds it closed, and begins another.
                var waiting = tenant.Where(_sums.TryRemove).Select(pair => new UsageRow(pair.Key.Day, pair.Key.KeyId, pair.Key.Operation, pair.Value.Take())).ToHashSet();
                try
                {
                    await foreach (var written in store.AddAsync(tenant.Key, [.. waiting], cancellationToken))
                        waiting.ExceptWith(written);
                }
                finally
                {
                    foreach (var row in waiting)
                        Return(tenant.Key, row);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void Return(TenantId tenant, UsageRow row)
    {
        while (!_sums.GetOrAdd((tenant, row.Day, row.KeyId, row.Operation), static _ => new Sum()).TryAdd(row.Counts))
            continue;
    }

    private sealed class Sum
    {
        private readonly Lock _gate = new();
        private UsageCounts _counts;
        private bool _isTaken;

        public bool TryAdd(UsageCounts counts)
        {
            lock (_gate)
            {
                if (_isTaken)
                    return false;
                _counts += counts;
                return true;
            }
        }

        public UsageCounts Take()
        {
            lock (_gate)
            {
                _isTaken = true;
                return _counts;
            }
        }
    }
}
