using System.Collections.Concurrent;
using System.Text.Json;
using ProspectOps.Platform.Json;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="IQueue{T}"/> that keeps what was sent.</summary>
public sealed class InMemoryQueue<T> : IQueue<T>
{
    private readonly ConcurrentQueue<(T Message, TimeSpan Delay)> _sent = new();

    public IReadOnlyCollection<(T Message, TimeSpan Delay)> Sent => _sent;

    public Task SendAsync(T message, TimeSpan delay, CancellationToken cancellationToken)
    {
        // Through JSON, as the real one: what does not survive it is found here.
        var copy = JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(message, JsonDefaults.Options), JsonDefaults.Options)!;
        _sent.Enqueue((copy, delay));
        return Task.CompletedTask;
    }
}
