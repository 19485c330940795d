using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Dns;

/// <summary>Finds out who takes mail for a domain, and remembers it for a while.</summary>
/// <remarks>One question a domain at a time, however many ask; bounded. What could not be found out is not remembered, except that
/// a timeout counts for half a minute, so that one slow domain does not hold up each of its addresses.</remarks>
public sealed class MailDomains
{
    private static readonly TimeSpan TimeoutTimeToLive = TimeSpan.FromSeconds(30);

    private readonly Resolver _resolver;
    private readonly DnsHealth _health;
    private readonly TimeProvider _time;
    private readonly Remembered<MailDomain> _known;

    public MailDomains(Resolver resolver, DnsHealth health, IOptions<ValidationOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_resolver, _health, _time) = (resolver, health, time);
        _known = new(LearnAsync, options.Value.DomainCacheEntries, time);
    }

    /// <summary>Domains remembered at present.</summary>
    public int Count => _known.Count;

    /// <summary>What is known or can be learnt of the domain now.</summary>
    /// <param name="domain">In lower-case A-labels.</param>
    /// <param name="cancellationToken">Ends this waiting; the question itself goes on for the others who wait.</param>
    public async Task<MailDomain> FindAsync(string domain, CancellationToken cancellationToken)
    {
        var (found, wasKnown) = await _known.FindAsync(domain, cancellationToken);
        return wasKnown ? found with { Took = TimeSpan.Zero } : found;
    }

    private async Task<(MailDomain, TimeSpan)> LearnAsync(string domain)
    {
        var started = _time.GetTimestamp();
        var found = await AskAsync(domain);
        if (found.State is MailDomainState.NotFound or MailDomainState.NoMail && !await _resolver.IsPublicAsync())
            found = Unknown(MailDomainState.Unreachable);
        return (found with { Took = _time.GetElapsedTime(started), AnsweredAt = _time.GetUtcNow() }, found.TimeToLive);
    }

    private async Task<MailDomain> AskAsync(string domain)
    {
        if (!_resolver.HasServers)
            return Unknown(MailDomainState.Unreachable);
        var mx = await _resolver.AskAsync(domain, DnsRecordType.Mx);
        if (mx is not { Status: DnsStatus.Answered })
            return Without(mx);
        if (mx.Mx.Count > 0)
        {
            string[] hosts = [.. mx.Mx.Where(record => record.Host.Length > 0).OrderBy(record => record.Preference).Select(record => record.Host.ToLowerInvariant())];
            return hosts.Length == 0
                ? Negative(MailDomainState.NullMx, mx.TimeToLive)
                : new(MailDomainState.Mx, hosts, _resolver.Keep(mx.TimeToLive), TimeSpan.Zero);
        }

        var replies = await Task.WhenAll(_resolver.AskAsync(domain, DnsRecordType.A), _resolver.AskAsync(domain, DnsRecordType.Aaaa));
        if (replies.FirstOrDefault(reply => reply is { Addresses.Count: > 0 }) is { } address)
            return new(MailDomainState.ImplicitMx, [domain], _resolver.Keep(address.TimeToLive), TimeSpan.Zero);
        // Without both answers it is not certain that there is no address.
        return Array.Find(replies, reply => reply is not { Status: DnsStatus.Answered or DnsStatus.NoSuchName }) is { } lost
            ? Without(lost)
            : Array.TrueForAll(replies, reply => reply is not null) ? Negative(MailDomainState.NoMail, mx.TimeToLive) : Without(null);
    }

    private MailDomain Without(DnsReply? reply) => reply?.Status switch
    {
        DnsStatus.NoSuchName => Negative(MailDomainState.NotFound, reply.TimeToLive),
        DnsStatus.Failed => Unknown(MailDomainState.Failed),
        DnsStatus.NoAnswer when _health.HasAnsweredLately => Unknown(MailDomainState.Timeout),
        _ => Unknown(MailDomainState.Unreachable),
    };

    private MailDomain Negative(MailDomainState state, TimeSpan timeToLive) => new(state, [], _resolver.KeepDenial(timeToLive), TimeSpan.Zero);

    private static MailDomain Unknown(MailDomainState state) =>
        new(state, [], state == MailDomainState.Unreachable ? TimeSpan.Zero : TimeoutTimeToLive, TimeSpan.Zero);
}
