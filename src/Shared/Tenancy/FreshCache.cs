using System.Collections.Concurrent;

namespace ProspectOps.Tenancy;

/// <summary>What a store said no longer than 5 s ago. What is in use is read again in the background every 4 s, so that nobody waits for it.</summary>
/// <param name="read">Reads one from the store.</param>
/// <param name="failed">Is told of a background read that failed: what was known stays until it is too old.</param>
internal sealed class FreshCache<TValue>(Func<string, CancellationToken, Task<TValue?>> read, Action<Exception, string> failed, TimeProvider clock)
    where TValue : class
{
    private const int ManyEntries = 20_000;

    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // Counts what was changed here: a read that began before a change must not bring back what it found.
    private long _changes;

    public ValueTask<TValue?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            var age = clock.GetElapsedTime(entry.ReadAt);
            if (age < KnownFor)
            {
                if (age > ReadAgainAfter && entry.TryBeginRead())
                    _ = ReadAgainAsync(key, entry);
                return new ValueTask<TValue?>(entry.Value);
            }
        }
        return new ValueTask<TValue?>(ReadAsync(key, cancellationToken));
    }

    /// <summary>Reads it again at its next use: it was changed here.</summary>
    public void Forget(string key)
    {
        Interlocked.Increment(ref _changes);
        _entries.TryRemove(key, out _);
    }

    private async Task<TValue?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var changes = Interlocked.Read(ref _changes);
        var value = await read(key, cancellationToken);
        if (value is not null && Interlocked.Read(ref _changes) == changes)
        {
            if (_entries.Count > ManyEntries)
                DropOld();
            _entries[key] = new Entry(value, clock.GetTimestamp());
        }
        return value;
    }

    private async Task ReadAgainAsync(string key, Entry entry)
    {
        try
        {
            if (await ReadAsync(key, CancellationToken.None) is null)
                _entries.TryRemove(KeyValuePair.Create(key, entry));
        }
        catch (Exception e)
        {
            // The edge of a background task: the next use tries again.
            failed(e, key);
        }
        finally
        {
            entry.EndRead();
        }
    }

    private void DropOld()
    {
        foreach (var pair in _entries)
        {
            if (clock.GetElapsedTime(pair.Value.ReadAt) >= KnownFor)
                _entries.TryRemove(pair);
        }
    }

    private sealed class Entry(TValue value, long readAt)
    {
        private int _reading;

        public TValue Value { get; } = value;

        public long ReadAt { get; } = readAt;

        public bool TryBeginRead() => Interlocked.Exchange(ref _reading, 1) == 0;

        public void EndRead() => Volatile.Write(ref _reading, 0);
    }
}
