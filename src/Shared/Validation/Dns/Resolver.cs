using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProspectOps.Validation.Dns;

/// <summary>Asks DNS while it is in health, and remembers the addresses of hosts.</summary>
public sealed class Resolver
{
    private static readonly TimeSpan ShortestTimeToLive = TimeSpan.FromSeconds(60);

    private readonly ValidationOptions _options;
    private readonly DnsClient _client;
    private readonly PublicDnsCheck _publicDns;
    private readonly DnsHealth _health;
    private readonly ILogger<Resolver> _log;
    private readonly Remembered<IReadOnlyList<IPAddress>> _addresses;

    public Resolver(IOptions<ValidationOptions> options, DnsHealth health, TimeProvider time, ILogger<Resolver> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        var servers = _options.DnsEndPoints();
        _client = new DnsClient(servers.Count > 0 ? servers : DnsServerList.OfMachine(), TimeSpan.FromSeconds(_options.DnsTimeoutSeconds), _options.DnsTries, time);
        _publicDns = new PublicDnsCheck(_client, time);
        (_health, _log) = (health, log);
        _addresses = new(LearnAddressesAsync, _options.DomainCacheEntries, time);
    }

    internal bool HasServers => _client.HasServers;

    internal Task<bool> IsPublicAsync() => _publicDns.IsPublicAsync();

    /// <returns>Null where DNS is paused, so that nothing was asked.</returns>
    internal async Task<DnsReply?> AskAsync(string name, DnsRecordType type)
    {
        if (!_health.MayAsk())
            return null;
        var reply = await _client.AskAsync(name, type, CancellationToken.None);
        if (_health.Report(reply.Status != DnsStatus.NoAnswer))
            _log.DnsPaused(_options.DnsFailuresToPause, _options.DnsPauseSeconds);
        return reply;
    }

    /// <summary>A host's addresses, IPv4 first; none where it has none or DNS does not say.</summary>
    /// <param name="host">In lower-case A-labels.</param>
    public async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken) =>
        (await _addresses.FindAsync(host, cancellationToken)).Answer;

    /// <summary>How long an answer is remembered: as long as it says, a minute at least and no longer than the settings allow.</summary>
    internal TimeSpan Keep(TimeSpan timeToLive)
    {
        var longest = TimeSpan.FromSeconds(_options.DomainCacheSeconds);
        return timeToLive > longest ? longest : timeToLive < ShortestTimeToLive ? ShortestTimeToLive : timeToLive;
    }

    /// <summary>As <see cref="Keep"/>, for a "no".</summary>
    internal TimeSpan KeepDenial(TimeSpan timeToLive)
    {
        var longest = TimeSpan.FromSeconds(_options.DomainCacheNegativeSeconds);
        return timeToLive == TimeSpan.Zero || timeToLive > longest ? longest : timeToLive < ShortestTimeToLive ? ShortestTimeToLive : timeToLive;
    }

    private async Task<(IReadOnlyList<IPAddress>, TimeSpan)> LearnAddressesAsync(string host)
    {
        var replies = await Task.WhenAll(AskAsync(host, DnsRecordType.A), AskAsync(host, DnsRecordType.Aaaa));
        IPAddress[] found = [.. replies.SelectMany(reply => reply?.Addresses ?? [])];
        if (found.Length > 0)
            return (found, Keep(replies.Where(reply => reply is { Addresses.Count: > 0 }).Min(reply => reply!.TimeToLive)));
        var isCertain = Array.TrueForAll(replies, reply => reply is { Status: DnsStatus.Answered or DnsStatus.NoSuchName });
        return (found, isCertain ? KeepDenial(TimeSpan.Zero) : TimeSpan.Zero);
    }
}
