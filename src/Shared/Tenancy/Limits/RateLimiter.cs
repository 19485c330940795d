using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProspectOps.Platform.Hosting;

namespace ProspectOps.Tenancy.Limits;

/// <summary>Counts each key's requests in a window of 60 s, and shares limits of 100 or more with the other processes.</summary>
/// <remarks>
/// Decided in memory. Processes tell each other in the background, through table <c>LimitLeases</c>, what they let through: every 5 s of use, and with each
/// tenth of the limit. A process that knows itself alone is exact. One that is not lets through what it reserved, a tenth at a time and fetched ahead;
/// a newcomer begins with a tenth of its own, by which a burst may go beyond the limit. Only a newcomer whose tenth is gone before the first answer waits for
/// that answer, once. Smaller limits count in each process on its own.
/// </remarks>
public sealed class RateLimiter(LimitLeaseStore leases, ProcessIdentity process, TimeProvider clock, ILogger<RateLimiter> log)
{
    private const int ManyKeys = 10_000;

    private readonly ConcurrentDictionary<string, KeyMeter> _meters = new(StringComparer.Ordinal);

    public ValueTask<RateLimitDecision> TakeAsync(KeyRecord key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var meter = Meter(key.KeyId);
        var (decision, first) = Take(meter, key);
        return first is null ? ValueTask.FromResult(decision) : new ValueTask<RateLimitDecision>(TakeAfterAsync(first, meter, key));
    }

    /// <summary>What is used of a key's limit, as far as this process knows.</summary>
    public (int Limit, int Used, int ResetSeconds) Show(KeyRecord key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Meter(key.KeyId).Show(key.RateLimitPerMinute, Now);
    }

    /// <summary>Ends when what processes are telling each other now is told.</summary>
    internal Task SettledAsync() => Task.WhenAll(_meters.Values.Select(meter => meter.Exchange));

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<RateLimitDecision> TakeAfterAsync(Task first, KeyMeter meter, KeyRecord key)
    {
        await first;
        return Take(meter, key).Decision;
    }

    private (RateLimitDecision Decision, Task? First) Take(KeyMeter meter, KeyRecord key) =>
        meter.Take(key.RateLimitPerMinute, Now, (Limiter: this, Key: key), static (one, asked) => asked.Limiter.ExchangeAsync(one, asked.Key));

    private KeyMeter Meter(string keyId)
    {
        if (_meters.TryGetValue(keyId, out var meter))
            return meter;
        if (_meters.Count > ManyKeys)
        {
            foreach (var pair in _meters.Where(pair => pair.Value.IsIdle(Now)))
                _meters.TryRemove(pair);
        }
        return _meters.GetOrAdd(keyId, static _ => new KeyMeter());
    }

    private async Task ExchangeAsync(KeyMeter meter, KeyRecord key)
    {
        // Leaves the caller's lock before anything else happens.
        await Task.Yield();
        try
        {
            var now = Now;
            var told = await leases.ExchangeAsync(
                key.Tenant, key.KeyId, meter.Row, process.Name, others => meter.Tell(process.Name, key.RateLimitPerMinute, now, others), KeyMeter.ForgetBefore(now), CancellationToken.None);
            if (told is var (row, others, mine))
                meter.Told(mine, others, row);
            else
                meter.CouldNotTell(now);
        }
        catch (Exception e)
        {
            // The edge of a background task: a store that is away must not take the API with it.
            log.LimitNotShared(e, key.KeyId);
            meter.CouldNotTell(Now);
        }
        finally
        {
            meter.EndExchange();
        }
    }
}
