using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>How clients talk to the service: transport, retries, diagnostics.</summary>
public class TableClientOptions : ClientOptions
{
    // One pool for all clients of the process. 64 connections keep the tail short (docs/adr/0010-tables-client.md); the lifetime
    // follows DNS. SocketsHttpHandler opens its sockets with NoDelay, so Nagle is off already.
    private static readonly HttpClientTransport DefaultTransport = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        AutomaticDecompression = DecompressionMethods.None,
        AllowAutoRedirect = false,
        UseCookies = false,
    });

    /// <param name="serviceVersion">Sent as <c>x-ms-version</c>.</param>
    public TableClientOptions(ServiceVersion serviceVersion = ServiceVersion.V2020_12_06)
    {
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new ArgumentOutOfRangeException(nameof(serviceVersion)),
        };
        Transport = DefaultTransport;
    }

    /// <summary>Versions of the Table service's protocol.</summary>
    public enum ServiceVersion
    {
        /// <summary>2019-02-02.</summary>
        V2019_02_02 = 1,

        /// <summary>2020-12-06: the first with bearer tokens.</summary>
        V2020_12_06 = 2,
    }

    internal string VersionString { get; }
}
