using ProspectOps.Tenancy;

namespace ProspectOps.Validation.Suppressions;

/// <summary>A tenant's suppressions in memory: 64 bits of each hash, about 20 bytes an address. As they were within the last 2 s.</summary>
internal sealed class SuppressionList(SuppressionStore store, TenantId tenant, TimeProvider clock)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(2);

    // Whatever the stamp says: a writer may die before it has changed it.
    private static readonly TimeSpan StampTrustedFor = TimeSpan.FromSeconds(60);

    private readonly long[] _changes = [.. Enumerable.Repeat(-1L, SuppressionKey.Shards)];
    private readonly HashSet<ulong>[] _tags = [.. Enumerable.Range(0, SuppressionKey.Shards).Select(_ => new HashSet<ulong>())];
    private string? _stamp;
    private long? _lookedAt;
    private long? _readAt;

    private SemaphoreSlim Turn { get; } = new(1, 1);

    public bool IsEmpty => _tags.All(tags => tags.Count == 0);

    public bool Holds(string canonical)
    {
        var key = SuppressionKey.Of(canonical);
        return Volatile.Read(ref _tags[key.Shard]).Contains(key.Tag);
    }

    /// <summary>Looks again, where that is due.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        if (IsYounger(_lookedAt, KnownFor))
            return;
        await Turn.WaitAsync(cancellationToken);
        try
        {
            if (IsYounger(_lookedAt, KnownFor))
                return;
            var now = clock.GetTimestamp();
            var stamp = await store.ReadStampAsync(tenant, cancellationToken);
            if (stamp != _stamp || !IsYounger(_readAt, StampTrustedFor))
            {
                await Task.WhenAll(Enumerable.Range(0, SuppressionKey.Shards).Select(shard => RefreshAsync(shard, cancellationToken)));
                (_stamp, _readAt) = (stamp, now);
            }
            _lookedAt = now;
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Looks again at the next use: this process changed it.</summary>
    public void Expire() => _lookedAt = null;

    private async Task RefreshAsync(int shard, CancellationToken cancellationToken)
    {
        var changes = await store.ChangesAsync(tenant, shard, cancellationToken);
        if (changes == _changes[shard] || (changes == 0 && _changes[shard] < 0))
            return;
        Volatile.Write(ref _tags[shard], await store.TagsAsync(tenant, shard, cancellationToken));
        _changes[shard] = changes;
    }

    private bool IsYounger(long? since, TimeSpan age) => since is { } then && clock.GetElapsedTime(then) < age;
}
