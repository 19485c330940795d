using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ProspectOps.Validation;

/// <summary>Settings under <c>Validation</c>; wrong ones stop the start.</summary>
public sealed class ValidationOptions : IValidatableObject
{
    public const string Section = "Validation";

    /// <summary>What to think of reserved domains. Default <c>Reject</c>.</summary>
    [EnumDataType(typeof(SpecialUseHandling))]
    public SpecialUseHandling SpecialUseDomains { get; init; } = SpecialUseHandling.Reject;

    /// <summary>Name servers to ask, as <c>10.0.0.1, [2001:db8::1]:5353</c>; port 53 where none is given. Default: the machine's own.</summary>
    public string? DnsServers { get; init; }

    /// <summary>Seconds to wait for one answer. Default 2.</summary>
    [Range(0.05, 30)]
    public double DnsTimeoutSeconds { get; init; } = 2;

    /// <summary>Times a question is asked, going through the servers. Default 2.</summary>
    [Range(1, 10)]
    public int DnsTries { get; init; } = 2;

    /// <summary>Domains asked about at once, in one batch. Default 64.</summary>
    [Range(1, 1_000)]
    public int DnsConcurrency { get; init; } = 64;

    /// <summary>Questions in a row without any answer after which DNS counts as unreachable. Default 3.</summary>
    [Range(1, 1_000)]
    public int DnsFailuresToPause { get; init; } = 3;

    /// <summary>Seconds for which an unreachable DNS is not asked. Default 30.</summary>
    [Range(1, 3_600)]
    public double DnsPauseSeconds { get; init; } = 30;

    /// <summary>Domains remembered in memory. Default 100,000, about 30 MB.</summary>
    [Range(100, 10_000_000)]
    public int DomainCacheEntries { get; init; } = 100_000;

    /// <summary>Longest time in seconds to remember what DNS said; its own time to live if that is shorter. Default 3,600.</summary>
    [Range(1, 86_400)]
    public double DomainCacheSeconds { get; init; } = 3_600;

    /// <summary>Seconds to remember that a domain has no mail. Default 300.</summary>
    [Range(1, 86_400)]
    public double DomainCacheNegativeSeconds { get; init; } = 300;

    /// <summary>A folder whose <c>disposable-domains.txt</c>, <c>free-providers.txt</c> and <c>role-accounts.txt</c> come on top of the shipped lists:
    /// a name a line, <c>!name</c> to take one away. Read at start.</summary>
    public string? OwnListsFolder { get; init; }

    /// <summary>Verdicts held in memory beside the table, over all tenants. Default 50,000, about 50 MB.</summary>
    [Range(0, 10_000_000)]
    public int CacheMemoryEntries { get; init; } = 50_000;

    /// <summary><see cref="DnsServers"/> taken apart; empty where it is not set.</summary>
    internal IReadOnlyList<IPEndPoint> DnsEndPoints() => [.. Servers().Select(server => Dns.DnsServerList.ParseOne(server)!)];

    public IEnumerable<System.ComponentModel.DataAnnotations.ValidationResult> Validate(ValidationContext validationContext) =>
        Servers().Where(server => Dns.DnsServerList.ParseOne(server) is null)
            .Select(server => new System.ComponentModel.DataAnnotations.ValidationResult(
                $"Validation:DnsServers: '{server}' is no IP address, with or without a port.", [nameof(DnsServers)]))
            .Concat(OwnListsFolder is null || Directory.Exists(OwnListsFolder)
                ? []
                : [new System.ComponentModel.DataAnnotations.ValidationResult("Validation:OwnListsFolder is no folder.", [nameof(OwnListsFolder)])]);

    private string[] Servers() =>
        (DnsServers ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
