using System.Net;

namespace ProspectOps.Validation.Dns;

/// <summary>What a name server said.</summary>
/// <param name="Mx">Mail servers, where they were asked for.</param>
/// <param name="Addresses">The name's addresses, where A or AAAA records were asked for.</param>
/// <param name="TimeToLive">The shortest of the records'; of a denial, what its SOA says (RFC 2308 §5); zero where there is neither.</param>
/// <param name="IsTruncated">Whether the rest did not fit a datagram.</param>
/// <param name="Alias">Another name that it stands for, where the reply did not go on to say what that one has.</param>
internal sealed record DnsReply(DnsStatus Status, IReadOnlyList<DnsMx> Mx, IReadOnlyList<IPAddress> Addresses, TimeSpan TimeToLive, bool IsTruncated, string? Alias = null)
{
    public static DnsReply NoAnswer { get; } = Empty(DnsStatus.NoAnswer);

    /// <summary>The server does not know EDNS (RFC 6891 §7).</summary>
    public bool RefusesEdns { get; init; }

    public static DnsReply Empty(DnsStatus status) => new(status, [], [], TimeSpan.Zero, false);
}
