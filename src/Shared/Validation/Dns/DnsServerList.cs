using System.Net;
using System.Net.NetworkInformation;

namespace ProspectOps.Validation.Dns;

/// <summary>Whom to ask: the configured name servers, else the machine's.</summary>
internal static class DnsServerList
{
    private const int Port = 53;
    private const string ResolverFile = "/etc/resolv.conf";

    /// <summary>The machine's name servers, in its order; empty where it has none.</summary>
    public static IReadOnlyList<IPEndPoint> OfMachine()
    {
        try
        {
            if (File.Exists(ResolverFile))
                return OfResolverFile(File.ReadLines(ResolverFile));
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus == OperationalStatus.Up)
                .SelectMany(network => network.GetIPProperties().DnsAddresses)
                .Distinct()
                .Select(address => new IPEndPoint(address, Port))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NetworkInformationException)
        {
            return [];
        }
    }

    /// <summary>The <c>nameserver</c> lines of resolv.conf(5).</summary>
    public static IReadOnlyList<IPEndPoint> OfResolverFile(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => line.Split(['#', ';'])[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", ..] && words.Length > 1)
            .Select(words => IPAddress.TryParse(words[1], out var address) ? new IPEndPoint(address, Port) : null)
            .OfType<IPEndPoint>(),
    ];

    /// <summary>An address with or without a port; null where it is none.</summary>
    public static IPEndPoint? ParseOne(string text) =>
        IPEndPoint.TryParse(text, out var endPoint) ? new(endPoint.Address, endPoint.Port == 0 ? Port : endPoint.Port) : null;
}
