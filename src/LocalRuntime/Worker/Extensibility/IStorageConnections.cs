using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ProspectOps.LocalRuntime.Worker.Extensibility;

/// <summary>Storage by the name that a binding's <c>Connection</c> gives. Clients are made once per connection and shared.</summary>
internal interface IStorageConnections
{
    /// <summary>At most 64 connections per server. Pass it to any other Azure client of the runtime.</summary>
    HttpPipelineTransport Transport { get; }

    /// <summary>Looks up <c>AzureWebJobs{name}</c>, then <c>{name}</c>, each as a setting and as a connection string.</summary>
    /// <param name="name"><see langword="null"/> means <c>AzureWebJobsStorage</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such setting.</exception>
    string ConnectionString(string? name = null);

    /// <summary>Text goes in and out as it is: encoding is the caller's matter.</summary>
    QueueServiceClient Queues(string? name = null);

    BlobServiceClient Blobs(string? name = null);
}
