using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Operations;
using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Tests.Validation.Smtp;

/// <summary>A validator that asks scripted name and mail servers on loopback; a second process on the same storage is another <see cref="Process"/>.</summary>
internal sealed class SmtpWorld : IAsyncDisposable
{
    private static readonly AddressLists Lists = new();
    private readonly List<MailTransactions> _made = [];

    public SmtpWorld(ScriptedMailServer? mail = null)
    {
        Mail = mail ?? new ScriptedMailServer();
        Host("mx.acme.com", Mail.EndPoint.Address);
        Domain("acme.com", "mx.acme.com");
    }

    public ScriptedDnsServer Dns { get; } = new();

    public ScriptedMailServer Mail { get; }

    public CountingStorage Storage { get; } = new();

    public SmtpOptions Options { get; init; } = new();

    /// <summary>Of a server that is not <see cref="Mail"/>.</summary>
    public int? PortOfMailServers { get; init; }

    public void Domain(string domain, params string[] hosts) => Dns.Answers(domain, DnsAnswer.Mx, [.. hosts.Index().Select(one => DnsAnswer.MailServer(one.Index, one.Item))]);

    public void Host(string host, IPAddress address) => Dns.Answers(host, DnsAnswer.A, DnsAnswer.Address(address)).Answers(host, DnsAnswer.Aaaa);

    public (IEmailValidator Validator, SmtpReach Reach) Process(Func<SmtpOptions, SmtpOptions>? change = null)
    {
        var settings = Settings();
        var smtp = Microsoft.Extensions.Options.Options.Create(change is null ? settings : change(settings));
        var time = TimeProvider.System;
        var options = Microsoft.Extensions.Options.Options.Create(new ValidationOptions { DnsServers = Dns.EndPoint.ToString(), DnsTimeoutSeconds = 600 });
        var health = new DnsHealth(3, TimeSpan.FromSeconds(30), time);
        var resolver = new Resolver(options, health, time, NullLogger<Resolver>.Instance);
        var domains = new MailDomains(resolver, health, options, time);
        var connector = new MailConnector(resolver, smtp, time);
        var reach = new SmtpReach(connector, smtp, time, NullLogger<SmtpReach>.Instance);
        var transactions = new MailTransactions(connector, reach, smtp, time);
        _made.Add(transactions);
        var prober = new MailboxProber(transactions, new CatchAllDomains(new DomainFactsStore(Storage), domains, transactions, time), reach, smtp, time);
        var cache = new ValidationCache(new ValidationCacheStore(Storage, new DueStore(Storage, time), time), options, time);
        return (new EmailValidator(Lists, domains, cache, prober, new SomeQuota(), new CheckStatistics(time), new RecentResults(), options, time), reach);
    }

    public async Task<IReadOnlyList<CheckedEmail>> Check(params string[] emails) => await Check(Process().Validator, emails);

    public static async Task<IReadOnlyList<CheckedEmail>> Check(IEmailValidator validator, params string[] emails) =>
        (await validator.CheckManyAsync(emails, new ValidationSettings(true, []), TestContext.Current.CancellationToken)).Checked;

    public async ValueTask DisposeAsync()
    {
        foreach (var transactions in _made)
            await transactions.DisposeAsync();
        await Mail.DisposeAsync();
        await Dns.DisposeAsync();
    }

    /// <summary>What tests need unless they say otherwise: loopback allowed, the server's port, no check at start.</summary>
    private SmtpOptions Settings() => new()
    {
        Mode = Options.Mode,
        Socks5Proxy = Options.Socks5Proxy,
        Socks5User = Options.Socks5User,
        Socks5Password = Options.Socks5Password,
        HeloName = "probe.example.com",
        Port = PortOfMailServers ?? Mail.EndPoint.Port,
        AllowPrivateAddresses = true,
        CheckHost = "",
        ConnectTimeoutSeconds = 120,
        ReplyTimeoutSeconds = Options.ReplyTimeoutSeconds,
        RecipientsPerMinute = 600_000,
        SessionsPerHost = Options.SessionsPerHost,
        RecipientsPerTransaction = Options.RecipientsPerTransaction,
        PatienceSeconds = Options.PatienceSeconds,
        StartTls = Options.StartTls,
    };
}
