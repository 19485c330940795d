using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Testing;
using ProspectOps.Validation;
using ProspectOps.Validation.Dns;

namespace ProspectOps.Tests.Validation.Dns;

public sealed class MailDomainsTests : IAsyncDisposable
{
    private readonly ScriptedDnsServer _server = new();
    private readonly ManualTime _time = new();
    private DnsHealth? _health;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Mail_servers_come_by_preference()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(20, "MX2.acme.com"), DnsAnswer.MailServer(10, "mx1.acme.com"));

        var found = await Find(Domains());

        Assert.Equal(MailDomainState.Mx, found.State);
        Assert.Equal(["mx1.acme.com", "mx2.acme.com"], found.Hosts);
        Assert.Equal(TimeSpan.FromSeconds(600), found.TimeToLive);
    }

    [Fact]
    public async Task Alias_is_followed_within_the_reply()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.Alias("acme.net"), DnsAnswer.MailServer(10, "mx.acme.net") with { Owner = "acme.net" });

        Assert.Equal(["mx.acme.net"], (await Find(Domains())).Hosts);
    }

    [Fact]
    public async Task Records_of_another_name_are_not_taken()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(10, "mx.evil.com") with { Owner = "evil.com" });
        _server.Answers("acme.com", DnsAnswer.A).Answers("acme.com", DnsAnswer.Aaaa);

        Assert.Equal(MailDomainState.NoMail, (await Find(Domains())).State);
    }

    [Fact]
    public async Task Null_mx_says_that_no_mail_is_taken()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(0, ""));

        Assert.Equal(MailDomainState.NullMx, (await Find(Domains())).State);
    }

    [Theory]
    [InlineData(DnsAnswer.A)]
    [InlineData(DnsAnswer.Aaaa)]
    public async Task Domain_without_mail_server_stands_for_itself_if_it_has_an_address(int type)
    {
        _server.Answers("acme.com", DnsAnswer.Mx).Answers("acme.com", DnsAnswer.A).Answers("acme.com", DnsAnswer.Aaaa);
        _server.Answers("acme.com", type, DnsAnswer.Address() with { Type = type });

        var found = await Find(Domains());

        Assert.Equal(MailDomainState.ImplicitMx, found.State);
        Assert.Equal(["acme.com"], found.Hosts);
    }

    [Fact]
    public async Task Domain_that_does_not_exist_is_told_from_one_without_mail()
    {
        _server.Answers("empty.com", DnsAnswer.Mx).Answers("empty.com", DnsAnswer.A).Answers("empty.com", DnsAnswer.Aaaa);
        var domains = Domains();

        Assert.Equal(MailDomainState.NotFound, (await Find(domains, "gone.com")).State);
        Assert.Equal(MailDomainState.NoMail, (await Find(domains, "empty.com")).State);
    }

    [Fact]
    public async Task Resolver_that_denies_everything_is_not_believed()
    {
        _server.Fails(ScriptedDnsServer.CertainName, DnsAnswer.Mx, 3);
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        var domains = Domains();

        Assert.Equal(MailDomainState.Unreachable, (await Find(domains, "gone.com")).State);
        Assert.Equal(MailDomainState.Mx, (await Find(domains)).State);
    }

    [Fact]
    public async Task Answer_that_was_cut_is_read_over_tcp()
    {
        _server.CutsDatagrams("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(10, "mx.acme.com"));

        var found = await Find(Domains());

        Assert.Equal(["mx.acme.com"], found.Hosts);
        Assert.Equal(["acme.com/15", "acme.com/15/tcp"], _server.Asked);
    }

    [Fact]
    public async Task Forged_and_broken_replies_are_passed_over()
    {
        _server.Replies("acme.com", DnsAnswer.Mx, question =>
        {
            var wrongId = ScriptedDnsServer.Reply(question, 0, 3);
            wrongId[0] ^= 0xFF;
            var wrongQuestion = ScriptedDnsServer.Reply(question, 0, 3);
            wrongQuestion[13] ^= 0x01;
            var endless = ScriptedDnsServer.Reply(question, 0, 0, new DnsAnswer(DnsAnswer.Mx, [0, 1, 0xC0, (byte)(question.Length + 14)]));
            return [wrongId, wrongQuestion, [1, 2, 3], question, endless, ScriptedDnsServer.Reply(question, 0, 0, DnsAnswer.MailServer(1, "mx.acme.com"))];
        });

        Assert.Equal(["mx.acme.com"], (await Find(Domains())).Hosts);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Failing_server_is_told_from_a_silent_one(int code)
    {
        _server.Fails("acme.com", DnsAnswer.Mx, code);

        Assert.Equal(MailDomainState.Failed, (await Find(Domains())).State);
    }

    [Fact]
    public async Task Second_server_is_asked_where_the_first_one_fails()
    {
        await using var broken = new ScriptedDnsServer().Fails("acme.com", DnsAnswer.Mx, 2);
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));

        var found = await Find(Domains($"{broken.EndPoint},{_server.EndPoint}"));

        Assert.Equal(MailDomainState.Mx, found.State);
    }

    [Fact]
    public async Task Silence_is_a_timeout_where_dns_answers_others_and_unreachable_where_it_answers_nobody()
    {
        _server.IsSilent("slow.com", DnsAnswer.Mx, _time).Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));

        var before = await Find(Domains(), "slow.com");
        var domains = Domains();
        await Find(domains);
        var after = await Find(domains, "slow.com");

        Assert.Equal(MailDomainState.Unreachable, before.State);
        Assert.Equal(MailDomainState.Timeout, after.State);
    }

    [Fact]
    public async Task After_some_silences_nobody_is_asked_until_the_pause_is_over()
    {
        for (var i = 0; i < 5; i++)
            _server.IsSilent($"slow{i}.com", DnsAnswer.Mx, _time);
        var domains = Domains();
        for (var i = 0; i < 3; i++)
            await Find(domains, $"slow{i}.com");
        var asked = _server.Asked.Count;

        var paused = await Find(domains, "slow3.com");
        var askedInPause = _server.Asked.Count;
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        _time.Pass(TimeSpan.FromSeconds(31));
        var later = await Find(domains);

        Assert.Equal(MailDomainState.Unreachable, paused.State);
        Assert.Equal(asked, askedInPause);
        Assert.Equal(MailDomainState.Mx, later.State);
        Assert.False(_health!.IsPaused);
    }

    [Fact]
    public async Task Domain_is_asked_once_however_many_want_to_know()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        var domains = Domains();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Find(domains)));

        Assert.Equal("acme.com/15", Assert.Single(_server.Asked));
    }

    [Fact]
    public async Task What_was_learnt_is_remembered_for_its_time_to_live()
    {
        _server.Answers("acme.com", DnsAnswer.Mx, DnsAnswer.MailServer(1, "mx.acme.com"));
        var domains = Domains();
        await Find(domains);
        await Find(domains, "gone.com");

        _time.Pass(TimeSpan.FromSeconds(299));
        await Find(domains);
        await Find(domains, "gone.com");
        var remembered = _server.Asked.Count;
        _time.Pass(TimeSpan.FromSeconds(302));
        await Find(domains);
        await Find(domains, "gone.com");

        Assert.Equal(2, remembered);
        Assert.Equal(4, _server.Asked.Count);
    }

    [Fact]
    public async Task Memory_of_domains_is_bounded()
    {
        var domains = Domains(entries: 100);

        for (var i = 0; i < 300; i++)
            await Find(domains, $"d{i}.com");

        Assert.InRange(domains.Count, 1, 101);
    }

    [Fact]
    public async Task No_server_at_all_is_unreachable_at_once()
    {
        var options = new ValidationOptions { DnsServers = "127.0.0.1:1", DnsTimeoutSeconds = 3_600 };
        var domains = SomeDomains.With(Options.Create(options), new DnsHealth(3, TimeSpan.FromSeconds(30), _time), _time);

        // Without waiting for an answer.
        var found = await Find(domains).WaitAsync(Patience.Usual, TestContext.Current.CancellationToken);

        Assert.Equal(MailDomainState.Unreachable, found.State);
    }

    private MailDomains Domains(string? servers = null, int entries = 1_000)
    {
        var options = new ValidationOptions { DnsServers = servers ?? _server.EndPoint.ToString(), DnsTimeoutSeconds = 600, DomainCacheEntries = entries };
        _health = new DnsHealth(3, TimeSpan.FromSeconds(30), _time);
        return SomeDomains.With(Options.Create(options), _health, _time);
    }

    private static Task<MailDomain> Find(MailDomains domains, string name = "acme.com") => domains.FindAsync(name, TestContext.Current.CancellationToken);
}
