using System.Collections.Concurrent;
using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Cache;

/// <summary>The verdicts asked for lately, in this process's memory: bounded, and each for a minute at most, since other processes write the table too.</summary>
/// <remarks>Where it is full, what was not asked for since the last time goes first. Thread-safe.</remarks>
internal sealed class HotVerdicts(int capacity, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(TenantId Tenant, string Canonical), Entry> _entries = new();
    private int _count;
    private int _trimming;

    public int Count => Volatile.Read(ref _count);

    public CachedVerdict? Find(TenantId tenant, string canonical)
    {
        if (!_entries.TryGetValue((tenant, canonical), out var entry))
            return null;
        var now = time.GetUtcNow();
        if (now >= entry.Until || now >= entry.Verdict.ExpiresAt)
            return null;
        entry.WasUsed = true;
        return entry.Verdict;
    }

    public void Put(TenantId tenant, string canonical, CachedVerdict verdict)
    {
        var entry = new Entry(verdict, time.GetUtcNow() + Longest);
        var key = (tenant, canonical);
        if (_entries.TryAdd(key, entry))
            Interlocked.Increment(ref _count);
        else
            _entries[key] = entry;
        if (Count > capacity && Interlocked.Exchange(ref _trimming, 1) == 0)
        {
            Trim();
            Volatile.Write(ref _trimming, 0);
        }
    }

    public void Forget(TenantId tenant, string canonical)
    {
        if (_entries.TryRemove((tenant, canonical), out _))
            Interlocked.Decrement(ref _count);
    }

    /// <summary>Down to nine tenths: first what has lapsed or was not used since the last trim, then whatever comes first.</summary>
    private void Trim()
    {
        var now = time.GetUtcNow();
        foreach (var pair in _entries)
        {
            if (pair.Value.Until <= now || !pair.Value.WasUsed)
                Remove(pair);
            else
                pair.Value.WasUsed = false;
            if (Count <= capacity * 9 / 10)
                return;
        }
        foreach (var pair in _entries)
        {
            if (Count <= capacity * 9 / 10)
                return;
            Remove(pair);
        }
    }

    private void Remove(KeyValuePair<(TenantId, string), Entry> pair)
    {
        if (_entries.TryRemove(pair))
            Interlocked.Decrement(ref _count);
    }

    private sealed class Entry(CachedVerdict verdict, DateTimeOffset until)
    {
        public CachedVerdict Verdict { get; } = verdict;

        public DateTimeOffset Until { get; } = until;

        public bool WasUsed { get; set; }
    }
}
