using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
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

    public string ConnectionString(string? name = null) => TryConnectionString(name)
        ?? throw new InvalidOperationException(IdentityOf(name) is { } section
            ? $"The storage connection '{section.Path.Replace(":", "__", StringComparison.Ordinal)}' has no connection string, which is needed here."
            : Missing(name));

    public QueueServiceClient Queues(string? name = null) => _queues.GetOrAdd(name ?? "", _ =>
    {
        var options = new QueueClientOptions { Transport = _transport };
        return TryConnectionString(name) is { } connection
            ? new QueueServiceClient(connection, options)
            : new QueueServiceClient(ServiceUri(name, "queue", out var credential), credential, options);
    });

    public BlobServiceClient Blobs(string? name = null) => _blobs.GetOrAdd(name ?? "", _ =>
    {
        var options = new BlobClientOptions { Transport = _transport };
        return TryConnectionString(name) is { } connection
            ? new BlobServiceClient(connection, options)
            : new BlobServiceClient(ServiceUri(name, "blob", out var credential), credential, options);
    });

    public void Dispose() => _transport.Dispose();

    private static string[] KeysOf(string? name)
    {
        var asked = string.IsNullOrEmpty(name) ? DefaultName : name;
        return asked.StartsWith("AzureWebJobs", StringComparison.OrdinalIgnoreCase) ? [asked] : [$"AzureWebJobs{asked}", asked];
    }

    private static string Missing(string? name) =>
        $"The storage connection '{KeysOf(name)[0]}' is not set: set it, in the environment or in local.settings.json, to a connection string, "
        + $"or set '{KeysOf(name)[0]}__accountName' to use an identity.";

    private string? TryConnectionString(string? name) => KeysOf(name)
        .SelectMany(key => new[] { configuration.GetConnectionString(key), configuration[key] })
        .FirstOrDefault(connection => !string.IsNullOrEmpty(connection));

    /// <summary>The settings <c>X__accountName</c> and so on, of the first name that has any.</summary>
    private IConfigurationSection? IdentityOf(string? name) =>
        KeysOf(name).Select(configuration.GetSection).FirstOrDefault(section => section.GetChildren().Any());

    /// <param name="service"><c>queue</c> or <c>blob</c>.</param>
    private Uri ServiceUri(string? name, string service, out TokenCredential credential)
    {
        var section = IdentityOf(name) ?? throw new InvalidOperationException(Missing(name));
        var setting = section.Path.Replace(":", "__", StringComparison.Ordinal);
        credential = CredentialOf(section, setting);
        var text = section[$"{service}ServiceUri"]
            ?? (section["accountName"] is { Length: > 0 } account ? $"https://{account}.{service}.core.windows.net" : null)
            ?? throw new InvalidOperationException($"The storage connection '{setting}' needs '{setting}__{service}ServiceUri' or '{setting}__accountName'.");
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw new InvalidOperationException($"'{setting}__{service}ServiceUri' must be an https address, not \"{text}\": tokens are not sent in the clear.");
    }

    private static TokenCredential CredentialOf(IConfigurationSection section, string setting)
    {
        var (kind, tenant, client, secret) = (section["credential"], section["tenantId"], section["clientId"], section["clientSecret"]);
        if (kind is { Length: > 0 } && !kind.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"'{setting}__credential' must be managedidentity or absent, not \"{kind}\".");
        if (kind is { Length: > 0 })
            return new ManagedIdentityCredential(client is { Length: > 0 } ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned);
        return tenant is { Length: > 0 } && client is { Length: > 0 } && secret is { Length: > 0 }
            ? new ClientSecretCredential(tenant, client, secret)
            : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client });
    }
}
