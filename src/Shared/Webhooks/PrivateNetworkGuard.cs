using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Networking;

namespace ProspectOps.Webhooks;

/// <summary>Keeps events from addresses inside our own network, after DNS and at the moment of connecting.</summary>
public sealed class PrivateNetworkGuard(IOptions<WebhooksOptions> options)
{
    /// <summary>Refuses a URL when it is given to us; a name that cannot be resolved now is judged when it can.</summary>
    /// <exception cref="DomainException"><c>url_not_allowed</c>.</exception>
    public async Task RequireAllowedAsync(Uri url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (IsLifted(url.IdnHost, url.Port))
            return;
        try
        {
            foreach (var address in await Dns.GetHostAddressesAsync(url.IdnHost, cancellationToken))
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
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
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

    internal static bool IsPublic(IPAddress address) => PublicAddress.Is(address);

    private bool IsLifted(string host, int port) =>
        options.Value.AllowPrivateNetworks
        || options.Value.AllowedAddresses.Contains(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), StringComparer.OrdinalIgnoreCase);
}
