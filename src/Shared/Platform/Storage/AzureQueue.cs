using System.Text.Json;
using Azure.Storage.Queues;
using ProspectOps.Platform.Json;

namespace ProspectOps.Platform.Storage;

/// <summary><see cref="IQueue{T}"/> on Azure Queues; messages are JSON.</summary>
public sealed class AzureQueue<T>(QueueClient client) : IQueue<T>
{
    private readonly OnceAsync _created = new(token => client.CreateIfNotExistsAsync(cancellationToken: token));

    public async Task SendAsync(T message, TimeSpan delay, CancellationToken cancellationToken)
    {
        await _created.DoAsync(cancellationToken);
        var body = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(message, JsonDefaults.Options));
        await client.SendMessageAsync(body, delay, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken);
    }
}
