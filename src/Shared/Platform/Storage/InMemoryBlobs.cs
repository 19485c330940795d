using System.Collections.Concurrent;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="IBlobs"/> in memory.</summary>
public sealed class InMemoryBlobs : IBlobs
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    public Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _blobs[name] = content.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_blobs.GetValueOrDefault(name));

    public Task<Stream> OpenWriteAsync(string name, CancellationToken cancellationToken) => Task.FromResult<Stream>(new CommittingStream(this, name));

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_blobs.TryGetValue(name, out var content) ? new MemoryStream(content, writable: false) : null);

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _blobs.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    internal long CountOf(string prefix) => _blobs.Keys.Count(name => name.StartsWith(prefix, StringComparison.Ordinal));

    internal void Erase(string prefix)
    {
        foreach (var name in _blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            _blobs.TryRemove(name, out _);
    }

    private sealed class CommittingStream(InMemoryBlobs blobs, string name) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
                blobs._blobs[name] = ToArray();
            base.Dispose(disposing);
        }
    }
}
