using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Dns;

/// <summary>Finds out who takes mail for a domain, and remembers it for a while.</summary>
/// <remarks>One question a domain at a time, however many ask; bounded. What could not be found out is not remembered, except that
/// a timeout counts for half a minute, so that one slow domain does not hold up each of its addresses.</remarks>
public sealed class MailDomains
{
    private static readonly TimeSpan ShortestTimeToLive = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeoutTimeToLive = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Lazy<Task<Remembered>>> _known = new(StringComparer.Ordinal);
    private readonly ValidationOptions _options;
    private readonly DnsClient _client;
    private readonly PublicDnsCheck _publicDns;
    private readonly DnsHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger<MailDomains> _log;

    public MailDomains(IOptions<ValidationOptions> options, DnsHealth health, TimeProvider time, ILogger<MailDomains> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        var servers = _options.DnsEndPoints();
        _client = new DnsClient(servers.Count > 0 ? servers : DnsServerList.OfMachine(), TimeSpan.FromSeconds(_options.DnsTimeoutSeconds), _options.DnsTries, time);
        _publicDns = new PublicDnsCheck(_client, time);
        (_health, _time, _log) = (health, time, log);
    }

    /// <summary>Domains remembered at present.</summary>
    public int Count => _known.Count;

    /// <summary>What is known or can be learnt of the domain now.</summary>
    /// <param name="domain">In lower-case A-labels.</param>
    /// <param name="cancellationToken">Ends this waiting; the question itself goes on for the others who wait.</param>
    public async Task<MailDomain> FindAsync(string domain, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = _known.GetOrAdd(domain, static (name, self) => new Lazy<Task<Remembered>>(() => self.LearnAsync(name)), this);
            var isNew = !entry.IsValueCreated;
            var isFresh = isNew || !entry.Value.IsCompleted;
            var remembered = await entry.Value.WaitAsync(cancellationToken);
            if (isNew)
                Trim();
            var hasLapsed = remembered.Until <= _time.GetUtcNow();
            if (hasLapsed)
            {
                // Only this very entry: somebody else may have put a newer one there.
                _known.TryRemove(new(domain, entry));
            }
            // What was found out while we waited is good even where it is not to be remembered.
            if (isFresh)
                return remembered.Domain;
            if (!hasLapsed)
                return remembered.Domain with { Took = TimeSpan.Zero };
        }
    }

    private async Task<Remembered> LearnAsync(string domain)
    {
        var started = _time.GetTimestamp();
        var found = await AskAsync(domain);
        if (found.State is MailDomainState.NotFound or MailDomainState.NoMail && !await _publicDns.IsPublicAsync())
            found = Unknown(MailDomainState.Unreachable);
        found = found with { Took = _time.GetElapsedTime(started) };
        return new(found, _time.GetUtcNow() + found.TimeToLive);
    }

    private async Task<MailDomain> AskAsync(string domain)
    {
        if (!_client.HasServers)
            return Unknown(MailDomainState.Unreachable);
        var mx = await AskAsync(domain, DnsRecordType.Mx);
        if (mx is not { Status: DnsStatus.Answered })
            return Without(mx);
        if (mx.Mx.Count > 0)
        {
            string[] hosts = [.. mx.Mx.Where(record => record.Host.Length > 0).OrderBy(record => record.Preference).Select(record => record.Host.ToLowerInvariant())];
            return hosts.Length == 0
                ? Negative(MailDomainState.NullMx)
                : new(MailDomainState.Mx, hosts, Remember(mx.TimeToLive), TimeSpan.Zero);
        }

        var replies = await Task.WhenAll(AskAsync(domain, DnsRecordType.A), AskAsync(domain, DnsRecordType.Aaaa));
        if (replies.FirstOrDefault(reply => reply is { Addresses: > 0 }) is { } address)
            return new(MailDomainState.ImplicitMx, [domain], Remember(address.TimeToLive), TimeSpan.Zero);
        // Without both answers it is not certain that there is no address.
        return Array.Find(replies, reply => reply is not { Status: DnsStatus.Answered or DnsStatus.NoSuchName }) is { } lost
            ? Without(lost)
            : Array.TrueForAll(replies, reply => reply is not null) ? Negative(MailDomainState.NoMail) : Without(null);
    }

    /// <returns>Null where DNS is paused, so that nothing was asked.</returns>
    private async Task<DnsReply?> AskAsync(string domain, DnsRecordType type)
    {
        if (!_health.MayAsk())
            return null;
        var reply = await _client.AskAsync(domain, type, CancellationToken.None);
        if (_health.Report(reply.Status != DnsStatus.NoAnswer))
            _log.DnsPaused(_options.DnsFailuresToPause, _options.DnsPauseSeconds);
        return reply;
    }

    private MailDomain Without(DnsReply? reply) => reply?.Status switch
    {
        DnsStatus.NoSuchName => Negative(MailDomainState.NotFound),
        DnsStatus.Failed => Unknown(MailDomainState.Failed),
        DnsStatus.NoAnswer when _health.HasAnsweredLately => Unknown(MailDomainState.Timeout),
        _ => Unknown(MailDomainState.Unreachable),
    };

    private MailDomain Negative(MailDomainState state) => new(state, [], TimeSpan.FromSeconds(_options.DomainCacheNegativeSeconds), TimeSpan.Zero);

    private static MailDomain Unknown(MailDomainState state) =>
        new(state, [], state == MailDomainState.Unreachable ? TimeSpan.Zero : TimeoutTimeToLive, TimeSpan.Zero);

    private TimeSpan Remember(TimeSpan timeToLive)
    {
        var longest = TimeSpan.FromSeconds(_options.DomainCacheSeconds);
        return timeToLive > longest ? longest : timeToLive < ShortestTimeToLive ? ShortestTimeToLive : timeToLive;
    }

    /// <summary>Over the bound, forgets what has lapsed, and if that is not enough whatever comes first, down to nine tenths.</summary>
    private void Trim()
    {
        if (_known.Count <= _options.DomainCacheEntries)
            return;
        var now = _time.GetUtcNow();
        foreach (var entry in _known)
        {
            if (entry.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result.Until: var until } } && until <= now)
                _known.TryRemove(entry);
        }
        var spare = _known.Count - _options.DomainCacheEntries * 9 / 10;
        foreach (var entry in _known)
        {
            if (spare-- <= 0)
                break;
            _known.TryRemove(entry);
        }
    }

    private sealed record Remembered(MailDomain Domain, DateTimeOffset Until);
}
