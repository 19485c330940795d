using System.Collections.Concurrent;

namespace ProspectOps.Platform.Storage;

/// <summary>Storage that lives as long as the object: for unit tests, held to the same contract tests as the real one.</summary>
public sealed class InMemoryStorage : IStorage, ITenantErasure
{
    private readonly ConcurrentDictionary<string, InMemoryTable> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, InMemoryBlobs> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, object> _queues = new(StringComparer.Ordinal);

    public ITable Table(string name) => _tables.GetOrAdd(name, _ => new InMemoryTable());

    public IBlobs Blobs(string container) => _blobs.GetOrAdd(container, _ => new InMemoryBlobs());

    public IQueue<T> Queue<T>(string name) => (IQueue<T>)_queues.GetOrAdd(name, _ => new InMemoryQueue<T>());

    public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<string>> TablesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([.. _tables.Keys.Order(StringComparer.Ordinal)]);

    public Task<IReadOnlyList<string>> ContainersAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([.. _blobs.Keys.Order(StringComparer.Ordinal)]);

    public Task<long> CountRowsAsync(string table, string tenant, CancellationToken cancellationToken) => Task.FromResult(_tables[table].CountOf(tenant));

    public Task<long> CountBlobsAsync(string container, string tenant, CancellationToken cancellationToken) => Task.FromResult(_blobs[container].CountOf($"{tenant}/"));

    public Task<bool> EraseRowsAsync(string table, string tenant, CancellationToken cancellationToken)
    {
        _tables[table].Erase(tenant);
        return Task.FromResult(false);
    }

    public Task<bool> EraseBlobsAsync(string container, string tenant, CancellationToken cancellationToken)
    {
        _blobs[container].Erase($"{tenant}/");
        return Task.FromResult(false);
    }
}
