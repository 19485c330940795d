using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProspectOps.Operations;
using ProspectOps.Tests.Validation.Dns;
using ProspectOps.Validation;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Dns;
using ProspectOps.Validation.Smtp;
using ProspectOps.Validation.Statistics;

namespace ProspectOps.Tests.Validation;

/// <summary>A validator on a scripted name server and storage in memory; a second process on the same storage is another <see cref="Validator"/>.</summary>
internal sealed class ValidationWorld : IAsyncDisposable
{
    private static readonly AddressLists Lists = new();

    public ScriptedDnsServer Dns { get; } = new();

    public ManualTime Time { get; } = new();

    public CountingStorage Storage { get; } = new();

    public RecentResults Recent { get; } = new();

    public SomeQuota Quota { get; } = new();

    public IMailboxProber Prober { get; init; } = new NobodyToAsk();

    public ValidationOptions Options { get; init; } = new();

    public EmailValidator Validator() => Validator(Cache());

    public EmailValidator Validator(ValidationCache cache)
    {
        var options = Microsoft.Extensions.Options.Options.Create(With(Options, Dns.EndPoint.ToString()));
        var domains = SomeDomains.With(options, new DnsHealth(3, TimeSpan.FromSeconds(30), Time), Time);
        return new EmailValidator(Lists, domains, cache, Prober, Quota, new CheckStatistics(Time), Recent, options, Time);
    }

    public ValidationCache Cache() => new(Store(), Microsoft.Extensions.Options.Options.Create(Options), Time);

    public ValidationCacheStore Store() => new(Storage, new DueStore(Storage, Time), Time);

    public ValueTask DisposeAsync() => Dns.DisposeAsync();

    private static ValidationOptions With(ValidationOptions options, string servers) =>
        new() { DnsServers = servers, DnsTimeoutSeconds = 600, SpecialUseDomains = options.SpecialUseDomains, CacheMemoryEntries = options.CacheMemoryEntries };
}
