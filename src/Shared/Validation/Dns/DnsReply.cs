namespace ProspectOps.Validation.Dns;

/// <summary>What a name server said.</summary>
/// <param name="Mx">Mail servers, where they were asked for.</param>
/// <param name="Addresses">How many A or AAAA records there are, where they were asked for.</param>
/// <param name="TimeToLive">The shortest of the records'; zero where there is none.</param>
/// <param name="IsTruncated">Whether the rest did not fit a datagram.</param>
internal sealed record DnsReply(DnsStatus Status, IReadOnlyList<DnsMx> Mx, int Addresses, TimeSpan TimeToLive, bool IsTruncated)
{
    public static DnsReply NoAnswer { get; } = new(DnsStatus.NoAnswer, [], 0, TimeSpan.Zero, false);
}
