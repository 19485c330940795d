using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Webhooks;

/// <summary>Keeps events from addresses inside our own network, after DNS and at the moment of connecting.</summary>
/// <remarks>Source: the IANA special-purpose address registries; RFC 6052 for addresses that carry IPv4 inside.</remarks>
public sealed class PrivateNetworkGuard
{

    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    // Prefixes whose last, or following, four bytes are an IPv4 address: the well-known NAT64 one, SIIT's, 6to4.
    private static readonly (IPNetwork Network, int Offset)[] Embedding =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
        (IPNetwork.Parse("::/96"), 12),
    ];

    private readonly WebhooksOptions _options;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    public PrivateNetworkGuard(IOptions<WebhooksOptions> options) : this(options, Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="resolve">Instead of the machine's DNS.</param>
    internal PrivateNetworkGuard(IOptions<WebhooksOptions> options, Func<string, CancellationToken, Task<IPAddress[]>> resolve) => (_options, _resolve) = (options.Value, resolve);

    /// <summary>Refuses a URL when it is given to us; a name that cannot be resolved now is judged when it can.</summary>
    /// <exception cref="DomainException"><c>url_not_allowed</c>.</exception>
    public async Task RequireAllowedAsync(Uri url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (IsLifted(url.IdnHost, url.Port))
            return;
        try
        {
            foreach (var address in await _resolve(url.IdnHost, cancellationToken))
            {
                if (!IsPublic(address))
                    throw new DomainException(WebhookErrors.UrlNotAllowed);
            }
        }
        catch (SocketException)
        {
            // Unknown, or no DNS here: connecting asks again.
        }
    }

    /// <summary>Connects to the first address that may be connected to.</summary>
    /// <exception cref="HttpRequestException">None may be.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = context.DnsEndPoint;
        var addresses = await _resolve(target.Host, cancellationToken);
        var allowed = IsLifted(target.Host, target.Port) ? addresses : [.. addresses.Where(IsPublic)];
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "the address is inside a private network");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (Refused.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address)))
            return false;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return true;
        var bytes = address.GetAddressBytes();
        foreach (var (network, offset) in Embedding)
        {
            if (network.Contains(address))
                return IsPublic(new IPAddress(bytes.AsSpan(offset, 4)));
        }
        return true;
    }

    private bool IsLifted(string host, int port) =>
        _options.AllowPrivateNetworks
        || _options.AllowedAddresses.Contains(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), StringComparer.OrdinalIgnoreCase);
}
