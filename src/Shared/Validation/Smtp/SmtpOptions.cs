using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.NetworkInformation;

namespace ProspectOps.Validation.Smtp;

/// <summary>Settings under <c>Validation:Smtp</c>; wrong ones stop the start.</summary>
public sealed class SmtpOptions : IValidatableObject
{
    public const string Section = "Validation:Smtp";

    /// <summary>The way to mail servers. Default <c>Direct</c>.</summary>
    [EnumDataType(typeof(SmtpMode))]
    public SmtpMode Mode { get; init; } = SmtpMode.Direct;

    /// <summary>The proxy as <c>10.0.0.1:1080</c>; needed by <c>Socks5</c>.</summary>
    public string? Socks5Proxy { get; init; }

    /// <summary>The proxy's user (RFC 1929); none by default.</summary>
    public string? Socks5User { get; init; }

    public string? Socks5Password { get; init; }

    /// <summary>What we call ourselves in EHLO: the public name of the address that mail servers see. Default: the machine's full name.</summary>
    public string? HeloName { get; init; }

    /// <summary>The sender in MAIL FROM. Default: none, which is the null reverse-path <c>&lt;&gt;</c> of bounces (RFC 5321 §4.5.5).</summary>
    public string? MailFrom { get; init; }

    /// <summary>Default 25.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 25;

    /// <summary>Seconds to connect, the proxy's part included. Default 7.</summary>
    [Range(0.05, 120)]
    public double ConnectTimeoutSeconds { get; init; } = 7;

    /// <summary>Seconds to wait for one reply. Default 12; RFC 5321 §4.5.3.2 gives a sender minutes, but nobody waits that long for a check.</summary>
    [Range(0.05, 600)]
    public double ReplyTimeoutSeconds { get; init; } = 12;

    /// <summary>Seconds in all for one domain's mailboxes, further servers and second tries included. Default 40.</summary>
    [Range(0.1, 3_600)]
    public double PatienceSeconds { get; init; } = 40;

    /// <summary>Sessions with one mail server at a time. Default 4.</summary>
    [Range(1, 100)]
    public int SessionsPerHost { get; init; } = 4;

    /// <summary>Mail servers asked at a time. Default 64.</summary>
    [Range(1, 1_000)]
    public int HostsTogether { get; init; } = 64;

    /// <summary>Mailboxes asked about in one transaction. Default 20.</summary>
    [Range(1, 100)]
    public int RecipientsPerTransaction { get; init; } = 20;

    /// <summary>Mailboxes asked about in one session before it ends. Default 200.</summary>
    [Range(1, 10_000)]
    public int RecipientsPerSession { get; init; } = 200;

    /// <summary>Mailboxes a minute asked of one mail server. Default 600.</summary>
    [Range(1, 1_000_000)]
    public int RecipientsPerMinute { get; init; } = 600;

    /// <summary>Seconds for which an idle session is kept. Default 20.</summary>
    [Range(0, 300)]
    public double IdleSeconds { get; init; } = 20;

    /// <summary>Whether STARTTLS is used where it is offered (RFC 3207); certificates are not checked, as mail servers do not among themselves. Default true.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>Whether each domain is asked once for a mailbox that cannot exist, to learn whether it takes everything. Default true.</summary>
    public bool CatchAll { get; init; } = true;

    /// <summary>Whether mail servers at private and loopback addresses are asked. Default false: an address in a list must not make us talk to our own network.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>The mail server on which the check at start tries whether port 25 is open. Default <c>gmail-smtp-in.l.google.com</c>; empty for no such check.</summary>
    public string CheckHost { get; init; } = "gmail-smtp-in.l.google.com";

    /// <summary>Seconds after which a closed port is tried again. Default 600.</summary>
    [Range(1, 86_400)]
    public double RetryClosedSeconds { get; init; } = 600;

    internal string Helo() => HeloName is { Length: > 0 } name ? name : MachineName();

    internal DnsEndPoint? Proxy() =>
        Socks5Proxy is { } text && text.LastIndexOf(':') is > 0 and var colon && int.TryParse(text.AsSpan(colon + 1), out var port) && port is > 0 and <= 65_535
            ? new DnsEndPoint(text[..colon].Trim('[', ']'), port)
            : null;

    public IEnumerable<System.ComponentModel.DataAnnotations.ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode == SmtpMode.Socks5 && Proxy() is null)
            yield return new("Validation:Smtp:Socks5Proxy has to be host:port where Mode is Socks5.", [nameof(Socks5Proxy)]);
        if (Socks5User is { Length: > 255 } || Socks5Password is { Length: > 255 })
            yield return new("Validation:Smtp: a SOCKS5 user and its password have 255 characters at most.", [nameof(Socks5User)]);
        if (HeloName is { Length: > 0 } && DomainPart.AsciiOf(HeloName) is null && AddressLiteral.Read(HeloName, 0, out _) is not null)
            yield return new("Validation:Smtp:HeloName has to be a domain name or an address in square brackets.", [nameof(HeloName)]);
        if (MailFrom is { Length: > 0 } && !(EmailAddress.TryParse(MailFrom, out var sender, out _) && !sender.NeedsSmtpUtf8))
            yield return new("Validation:Smtp:MailFrom has to be an address in ASCII, or empty.", [nameof(MailFrom)]);
    }

    private static string MachineName()
    {
        var network = IPGlobalProperties.GetIPGlobalProperties();
        var name = network.DomainName is { Length: > 0 } domain ? $"{network.HostName}.{domain}" : network.HostName;
        return DomainPart.AsciiOf(name) is { } ascii && ascii.Contains('.', StringComparison.Ordinal) ? ascii : "localhost.localdomain";
    }
}
