using System.Buffers.Binary;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Validation;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Tests.Validation.Dns;

/// <summary>What a name server can do to harm, beside what <see cref="MailDomainsTests"/> holds.</summary>
public sealed class HostileDnsTests : IAsyncDisposable
{
    private readonly ScriptedDnsServer _server = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Alias_that_leads_to_another_question_is_followed()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.Alias("a.acme.net"));
        _server.Answers("a.acme.net", DnsAnswer.Mx, DnsAnswer.Alias("b.acme.net"));
        _server.Answers("b.acme.net", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.net"));

        Assert.Equal(["mx.acme.net"], (await Domains().FindAsync("acme.com", Token)).Hosts);
    }

    [Fact]
    public async Task Aliases_that_go_in_circles_end_as_a_failure()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.Alias("acme.net")).Answers("acme.net", DnsAnswer.Mx, DnsAnswer.Alias("acme.com"));

        Assert.Equal(MailDomainState.Failed, (await Domains().FindAsync("acme.com", Token)).State);
        Assert.InRange(_server.Asked.Count, 2, 10);
    }

    [Fact]
    public async Task Server_from_before_edns_is_asked_without_it()
    {
        _server.Replies("acme.com", DnsAnswer.Mx, question =>
            [question[11] == 1 ? ScriptedDnsServer.Reply(question, 0, 1) : ScriptedDnsServer.Reply(question, 0, 0, DnsAnswer.MailServer(1, "mx.acme.com"))]);

        Assert.Equal(["mx.acme.com"], (await Domains().FindAsync("acme.com", Token)).Hosts);
        Assert.Equal(2, _server.Asked.Count);
    }

    [Fact]
    public async Task Reply_of_64_kilobytes_is_read_and_kept_in_bounds()
    {
        var servers = Enumerable.Range(0, 2_000).Select(i => DnsAnswer.MailServer(i, $"mx{i}.acme.com") with { Owner = null }).ToArray();
        _server.CutsDatagrams("acme.com", DnsAnswer.Mx, servers);

        var found = await Domains().FindAsync("acme.com", Token);

        Assert.Equal((MailDomainState.Mx, "mx0.acme.com"), (found.State, found.Hosts[0]));
        Assert.InRange(found.Hosts.Count, 1, 20);
    }

    [Fact]
    public async Task Reply_that_is_cut_even_over_tcp_is_no_answer()
    {
        _server.Replies("acme.com", DnsAnswer.Mx, question => [ScriptedDnsServer.Reply(question, 0x0200, 0)]);
        _server.Replies("acme.com/tcp", DnsAnswer.Mx, question => [ScriptedDnsServer.Reply(question, 0x0200, 0)]);

        Assert.Equal(MailDomainState.Unreachable, (await Domains().FindAsync("acme.com", Token)).State);
    }

    [Fact]
    public async Task Slow_server_gives_way_to_the_next_one_which_is_then_asked_first()
    {
        await using var slow = new ScriptedDnsServer();
        slow.IsSilent("acme.com", DnsAnswer.Mx, _time).IsSilent("other.com", DnsAnswer.Mx, _time);
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com")).Answers("other.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.other.com"));
        var domains = Domains($"{slow.EndPoint},{_server.EndPoint}");

        Assert.Equal(MailDomainState.Mx, (await domains.FindAsync("acme.com", Token)).State);
        Assert.Equal(MailDomainState.Mx, (await domains.FindAsync("other.com", Token)).State);
        Assert.Equal(["acme.com/15"], slow.Asked);
    }

    [Fact]
    public async Task Denial_is_remembered_for_what_its_soa_says()
    {
        _server.Replies("gone.com", DnsAnswer.Mx, question =>
        {
            byte[] soa = [.. DnsAnswer.Name("ns.com"), .. DnsAnswer.Name("me.com"), .. new byte[16], 0, 0, 0, 90];
            var reply = ScriptedDnsServer.Reply(question, 0, 3, new DnsAnswer(6, soa, "com", 900));
            // The record belongs to the authority section.
            BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(6), 0);
            BinaryPrimitives.WriteUInt16BigEndian(reply.AsSpan(8), 1);
            return [reply];
        });

        Assert.Equal(TimeSpan.FromSeconds(90), (await Domains().FindAsync("gone.com", Token)).TimeToLive);
    }

    [Fact]
    public async Task Hosts_addresses_are_found_and_remembered()
    {
        var resolver = Resolver();
        _server.Answers("mx.acme.com", DnsAnswer.A, DnsAnswer.Address(IPAddress.Parse("192.0.2.1"))).Answers("mx.acme.com", DnsAnswer.Aaaa, DnsAnswer.Address(IPAddress.Parse("2001:db8::1")));
        _server.Replies("broken.com", DnsAnswer.A, question => [ScriptedDnsServer.Reply(question, 0, 0, new DnsAnswer(DnsAnswer.A, [1, 2, 3]))]);

        Assert.Equal(["192.0.2.1", "2001:db8::1"], (await resolver.AddressesAsync("mx.acme.com", Token)).Select(address => address.ToString()));
        Assert.Equal(2, (await resolver.AddressesAsync("mx.acme.com", Token)).Count);
        // Nothing else comes, and is waited for.
        Assert.Empty(await Resolver(timeoutSeconds: 0.5).AddressesAsync("broken.com", Token));
        Assert.Equal(2, _server.Asked.Count(asked => asked.StartsWith("mx.", StringComparison.Ordinal)));
    }

    private MailDomains Domains(string? servers = null) => SomeDomains.With(Settings(servers), new DnsHealth(3, TimeSpan.FromSeconds(30), _time), _time);

    private Resolver Resolver(double timeoutSeconds = 600) => new(Settings(null, timeoutSeconds), new DnsHealth(3, TimeSpan.FromSeconds(30), _time), _time, NullLogger<Resolver>.Instance);

    private IOptions<ValidationOptions> Settings(string? servers, double timeoutSeconds = 600) =>
        Options.Create(new ValidationOptions { DnsServers = servers ?? _server.EndPoint.ToString(), DnsTimeoutSeconds = timeoutSeconds });
}
