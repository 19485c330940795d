using System.Collections.Concurrent;

namespace ProspectOps.Validation.Dns;

/// <summary>Answers by name, each until its time is up: bounded, and one question in flight a name however many ask.</summary>
internal sealed class Remembered<T>(Func<string, Task<(T Answer, TimeSpan TimeToLive)>> learn, int capacity, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Entry>>> _known = new(StringComparer.Ordinal);

    public int Count => _known.Count;

    /// <summary>What is known, or can be learnt now.</summary>
    /// <param name="cancellationToken">Ends this waiting; the question itself goes on for the others who wait.</param>
    /// <returns>The answer, and whether it was there before.</returns>
    public async Task<(T Answer, bool WasKnown)> FindAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = _known.GetOrAdd(name, static (key, self) => new Lazy<Task<Entry>>(() => self.LearnAsync(key)), this);
            var isNew = !entry.IsValueCreated;
            var isFresh = isNew || !entry.Value.IsCompleted;
            var found = await entry.Value.WaitAsync(cancellationToken);
            if (isNew)
                Trim();
            var hasLapsed = found.Until <= time.GetUtcNow();
            if (hasLapsed)
            {
                // Only this very entry: somebody else may have put a newer one there.
                _known.TryRemove(new(name, entry));
            }
            // What was found out while we waited is good even where it is not to be remembered.
            if (isFresh || !hasLapsed)
                return (found.Answer, !isFresh);
        }
    }

    private async Task<Entry> LearnAsync(string name)
    {
        var (answer, timeToLive) = await learn(name);
        return new(answer, time.GetUtcNow() + timeToLive);
    }

    /// <summary>Over the bound, forgets what has lapsed, and if that is not enough whatever comes first, down to nine tenths.</summary>
    private void Trim()
    {
        if (_known.Count <= capacity)
            return;
        var now = time.GetUtcNow();
        foreach (var entry in _known)
        {
            if (entry.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result.Until: var until } } && until <= now)
                _known.TryRemove(entry);
        }
        var spare = _known.Count - capacity * 9 / 10;
        foreach (var entry in _known)
        {
            if (spare-- <= 0)
                break;
            _known.TryRemove(entry);
        }
    }

    private sealed record Entry(T Answer, DateTimeOffset Until);
}
