using System.Net;
using System.Net.Sockets;

namespace ProspectOps.Platform.Networking;

/// <summary>Tells an address of the public internet from one inside somebody's network.</summary>
/// <remarks>Source: the IANA special-purpose address registries; RFC 6052 for addresses that carry IPv4 inside.</remarks>
public static class PublicAddress
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

    /// <summary>Whether it is of the public internet: neither private, loopback, link-local, multicast nor reserved.</summary>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
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
                return Is(new IPAddress(bytes.AsSpan(offset, 4)));
        }
        return true;
    }
}
