using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace ProspectOps.Platform.Storage;

/// <summary>The storage account that setting <c>AzureWebJobsStorage</c> names: a connection string, or <c>__accountName</c> with the app's own identity.</summary>
public sealed class AzureStorage : IStorage, IDisposable
{
    private const string Setting = "AzureWebJobsStorage";

    private readonly ConcurrentDictionary<string, ITable> _tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IBlobs> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, object> _queues = new(StringComparer.Ordinal);
    private readonly HttpClient _http;
    private readonly TableServiceClient _tableService;
    private readonly BlobServiceClient _blobService;
    private readonly QueueServiceClient _queueService;

    public AzureStorage(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        // Uncapped, the slowest of 500 concurrent callers waits 2 s: the store queues what we do not.
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var tables = WithTransport(new TableClientOptions());
        var blobs = WithTransport(new BlobClientOptions());
        var queues = WithTransport(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

        if (configuration[Setting] is { Length: > 0 } connection)
        {
            _tableService = new TableServiceClient(connection, tables);
            _blobService = new BlobServiceClient(connection, blobs);
            _queueService = new QueueServiceClient(connection, queues);
        }
        else if (configuration[$"{Setting}:accountName"] is { Length: > 0 } account)
        {
            var identity = new DefaultAzureCredential();
            _tableService = new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), identity, tables);
            _blobService = new BlobServiceClient(new Uri($"https://{account}.blob.core.windows.net"), identity, blobs);
            _queueService = new QueueServiceClient(new Uri($"https://{account}.queue.core.windows.net"), identity, queues);
        }
        else
        {
            throw new InvalidOperationException($"Setting {Setting} is missing: give a connection string, or {Setting}__accountName.");
        }
    }

    public ITable Table(string name) => _tables.GetOrAdd(name, static (key, self) => new AzureTable(self._tableService.GetTableClient(key)), this);

    public IBlobs Blobs(string container) => _blobs.GetOrAdd(container, static (key, self) => new AzureBlobs(self._blobService.GetBlobContainerClient(key)), this);

    public IQueue<T> Queue<T>(string name) => (IQueue<T>)_queues.GetOrAdd(name, static (key, self) => new AzureQueue<T>(self._queueService.GetQueueClient(key)), this);

    /// <summary>The way to all that a tenant has.</summary>
    public ITenantErasure Erasure => new AzureTenantErasure(_tableService, _blobService);

    public Task PingAsync(StorageKind kind, CancellationToken cancellationToken) => kind switch
    {
        StorageKind.Tables => FirstAsync(_tableService.QueryAsync(filter: TableClient.CreateQueryFilter($"TableName eq {"none"}"), maxPerPage: 1, cancellationToken), cancellationToken),
        StorageKind.Blobs => _blobService.GetBlobContainerClient("health").ExistsAsync(cancellationToken),
        StorageKind.Queues => _queueService.GetQueueClient("health").ExistsAsync(cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public void Dispose() => _http.Dispose();

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        await foreach (var _ in items.WithCancellation(cancellationToken))
            return;
    }

    private T WithTransport<T>(T options) where T : ClientOptions
    {
        options.Transport = new HttpClientTransport(_http);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsLoggingEnabled = false;
        return options;
    }
}
