using System.Collections.Concurrent;

namespace ProspectOps.Tenancy;

/// <summary>Counts each key's requests in this process.</summary>
public sealed class RateLimiter(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SlidingWindow> _windows = new(StringComparer.Ordinal);

    public RateLimitDecision Take(KeyRecord key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var window = _windows.GetOrAdd(key.KeyId, static _ => new SlidingWindow());
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        lock (window)
        {
            var (allowed, remaining, reset) = window.Take(second, key.RateLimitPerMinute);
            return new RateLimitDecision(allowed, key.RateLimitPerMinute, remaining, reset);
        }
    }
}
