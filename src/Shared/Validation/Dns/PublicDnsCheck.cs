namespace ProspectOps.Validation.Dns;

/// <summary>Whether the name servers know the public DNS at all.</summary>
/// <remarks>Behind some firewalls and in sandboxes a resolver answers "no such name" for everything that it is not allowed to tell.
/// Believing it would condemn whole lists, so before the first "no" counts it is asked for a name that certainly exists.
/// That an NXDOMAIN lacks its SOA (RFC 2308 §2.1) would tell too, but honest caches leave it out as well.</remarks>
internal sealed class PublicDnsCheck(DnsClient client, TimeProvider time)
{
    private const string CertainName = "com";

    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private Task<DnsStatus>? _asking;
    private DateTimeOffset _until;

    /// <summary>False where a resolver denies what exists, or does not answer the question.</summary>
    public async Task<bool> IsPublicAsync()
    {
        Task<DnsStatus> asking;
        lock (_gate)
        {
            // Silence says nothing that is worth remembering.
            var isKnown = _asking is { IsCompletedSuccessfully: false } or { Result: DnsStatus.Answered or DnsStatus.NoSuchName };
            if (!isKnown || _until <= time.GetUtcNow())
            {
                _asking = AskAsync();
                _until = time.GetUtcNow() + TimeToLive;
            }
            asking = _asking!;
        }
        return await asking == DnsStatus.Answered;
    }

    private async Task<DnsStatus> AskAsync() => (await client.AskAsync(CertainName, DnsRecordType.Mx, CancellationToken.None)).Status;
}
