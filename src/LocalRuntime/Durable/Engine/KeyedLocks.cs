namespace ProspectOps.LocalRuntime.Durable.Engine;

/// <summary>One lock an id, near enough: ids share a fixed number of them.</summary>
internal sealed class KeyedLocks
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<IDisposable> TakeAsync(string id, CancellationToken cancellationToken)
    {
        var taken = _locks[(uint)id.GetHashCode(StringComparison.Ordinal) % (uint)_locks.Length];
        await taken.WaitAsync(cancellationToken);
        return new Release(taken);
    }

    private sealed class Release(SemaphoreSlim taken) : IDisposable
    {
        public void Dispose() => taken.Release();
    }
}
