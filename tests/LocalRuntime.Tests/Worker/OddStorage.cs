using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Tests.Worker;

/// <summary>Storage whose first request of a kind fails in a way that no client expects.</summary>
internal sealed class OddStorage : DelegatingHandler, IStorageConnections
{
    private readonly string _connectionString;
    private readonly Func<HttpRequestMessage, bool> _isOdd;
    private int _failures;

    public OddStorage(string connectionString, Func<HttpRequestMessage, bool> isOdd)
        : base(new SocketsHttpHandler())
    {
        (_connectionString, _isOdd) = (connectionString, isOdd);
        Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false));
    }

    public HttpPipelineTransport Transport { get; }

    public int Failures => Volatile.Read(ref _failures);

    public string ConnectionString(string? name = null) => _connectionString;

    public QueueServiceClient Queues(string? name = null) => new(_connectionString, new QueueClientOptions { Transport = Transport });

    public BlobServiceClient Blobs(string? name = null) => new(_connectionString, new BlobClientOptions { Transport = Transport });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_isOdd(request) && Interlocked.Increment(ref _failures) == 1)
            throw new FormatException("What is this?");
        return base.SendAsync(request, cancellationToken);
    }
}
