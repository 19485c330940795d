using System.Collections.Concurrent;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

/// <inheritdoc cref="IStorageConnections"/>
internal sealed class StorageConnections(IConfiguration configuration) : IStorageConnections, IDisposable
{
    private const string DefaultName = "Storage";
    // Uncapped, the 99th percentile at 500 clients is two seconds: the store, not the client, becomes the queue.
    private const int MaxConnectionsPerServer = 64;

    private readonly ConcurrentDictionary<string, QueueServiceClient> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BlobServiceClient> _blobs = new(StringComparer.Ordinal);
    private readonly HttpClientTransport _transport = new(new HttpClient(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = MaxConnectionsPerServer,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan });

    public HttpPipelineTransport Transport => _transport;

    public string ConnectionString(string? name = null)
    {
        var asked = string.IsNullOrEmpty(name) ? DefaultName : name;
        string[] keys = asked.StartsWith("AzureWebJobs", StringComparison.OrdinalIgnoreCase) ? [asked] : [$"AzureWebJobs{asked}", asked];
        foreach (var key in keys)
        {
            if (configuration.GetConnectionString(key) is { Length: > 0 } connection)
                return connection;
            if (configuration[key] is { Length: > 0 } setting)
                return setting;
        }
        throw new InvalidOperationException($"The storage connection '{keys[0]}' is not set: set it to a connection string.");
    }

    public QueueServiceClient Queues(string? name = null) =>
        _queues.GetOrAdd(ConnectionString(name), c => new QueueServiceClient(c, new QueueClientOptions { Transport = _transport }));

    public BlobServiceClient Blobs(string? name = null) =>
        _blobs.GetOrAdd(ConnectionString(name), c => new BlobServiceClient(c, new BlobClientOptions { Transport = _transport }));

    public void Dispose() => _transport.Dispose();
}
