using Microsoft.Extensions.Caching.Memory;

namespace ProspectOps.Functions.Webhooks;

/// <summary>How often each event came to the sink of the local mode.</summary>
public sealed class SinkMemory : IDisposable
{
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <returns>1 for the first time.</returns>
    public int Times(string script, string eventId)
    {
        var seen = _seen.GetOrCreate((script, eventId), entry =>
        {
            entry.SetSize(1).SetSlidingExpiration(TimeSpan.FromHours(12));
            return new int[1];
        })!;
        return Interlocked.Increment(ref seen[0]);
    }

    public void Dispose() => _seen.Dispose();
}
