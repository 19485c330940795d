namespace ProspectOps.Validation;

/// <summary>Why a verdict is what it is: a closed list, part of the API's contract. What to do about each stands in docs/validation.md.</summary>
public static class ValidationReasons
{
    /// <summary>The text breaks the grammar of addresses; <c>checks.syntax.error</c> says where. Correct it or drop it.</summary>
    public const string InvalidSyntax = "invalid_syntax";

    /// <summary>The domain is reserved for documentation or private networks (RFC 2606, RFC 6761): mail cannot reach it.</summary>
    public const string SpecialUseDomain = "special_use_domain";

    /// <summary>The domain has one label, such as <c>jane@acme</c>: the top level is missing.</summary>
    public const string DotlessDomain = "dotless_domain";

    /// <summary>The domain is an IP address in brackets: legal, and refused by most servers.</summary>
    public const string AddressLiteral = "address_literal";

    /// <summary>The local part has letters beyond ASCII: only servers with SMTPUTF8 (RFC 6531) take it.</summary>
    public const string InternationalLocal = "international_local";

    /// <summary>DNS names servers that take mail for the domain.</summary>
    public const string MxFound = "mx_found";

    /// <summary>DNS names no mail server, but the domain has an address, which then stands for one (RFC 5321 §5.1).</summary>
    public const string ImplicitMx = "implicit_mx";

    /// <summary>The domain exists and has neither a mail server nor an address.</summary>
    public const string NoMx = "no_mx";

    /// <summary>The domain states that it takes no mail (RFC 7505).</summary>
    public const string NullMx = "null_mx";

    /// <summary>DNS says that there is no such domain.</summary>
    public const string DomainNotFound = "domain_not_found";

    /// <summary>No name server could be asked, or only one that hides the public DNS. Check the network or <c>Validation:DnsServers</c>; then validate again.</summary>
    public const string DnsUnreachable = "dns_unreachable";

    /// <summary>The name servers answer, but had no answer for this domain in time. Validate again later.</summary>
    public const string DnsTimeout = "dns_timeout";

    /// <summary>The name servers answered with a failure (SERVFAIL, REFUSED): the domain's own servers are out of order.</summary>
    public const string DnsFailure = "dns_failure";

    /// <summary>The domain hands out throw-away mailboxes.</summary>
    public const string Disposable = "disposable";

    /// <summary>The mailbox is an office, such as <c>info</c>, not a person.</summary>
    public const string RoleAccount = "role_account";

    /// <summary>The mailbox is at a free provider. Says nothing against delivery; says that it is no company's.</summary>
    public const string FreeProvider = "free_provider";

    /// <summary>A rule of the tenant vouches for the address; nothing else was asked.</summary>
    public const string RuleAllow = "rule_allow";

    /// <summary>A rule of the tenant forbids the address.</summary>
    public const string RuleDeny = "rule_deny";

    /// <summary>The address is on the tenant's suppression list: who must never be written to. Nothing else was asked.</summary>
    public const string Suppressed = "suppressed";

    /// <summary>Another vendor's verdict, taken over with its age; <c>basis</c> has its words.</summary>
    public const string Imported = "imported";

    /// <summary>Another vendor advises against writing, for what the person does with mail: a trap, or one who complains. Says nothing of the mailbox.</summary>
    public const string DoNotMail = "do_not_mail";

    /// <summary>The mail server was not asked about the mailbox, so the verdict rests on syntax, lists and DNS.</summary>
    public const string SmtpNotProbed = "smtp_not_probed";

    /// <summary>The domain looks like another one by letters of another script (Cyrillic а for Latin a). Treat it as a fraud until you know better.</summary>
    public const string HomographDomain = "homograph_domain";

    /// <summary>The mail server accepted the mailbox, and does not accept everything.</summary>
    public const string MailboxAccepted = "mailbox_accepted";

    /// <summary>The mail server accepted the mailbox, but would not say whether it accepts everything.</summary>
    public const string CatchAllUnknown = "catch_all_unknown";

    /// <summary>The mail server accepts every mailbox of the domain, whether it exists or not.</summary>
    public const string CatchAll = "catch_all";

    /// <summary>The mail server says that there is no such mailbox. Drop it.</summary>
    public const string MailboxNotFound = "mailbox_not_found";

    /// <summary>The mailbox exists and is disabled. Drop it.</summary>
    public const string MailboxDisabled = "mailbox_disabled";

    /// <summary>The mailbox is full: mail bounces until it is emptied, and often nobody looks any more.</summary>
    public const string MailboxFull = "mailbox_full";

    /// <summary>The mail server refuses the mailbox for good and does not say why.</summary>
    public const string MailboxRejected = "mailbox_rejected";

    /// <summary>The mail server takes no mail for the domain. Drop it.</summary>
    public const string MailRefused = "mail_refused";

    /// <summary>The local part needs SMTPUTF8 (RFC 6531), and the mail server does not offer it.</summary>
    public const string SmtpUtf8Missing = "smtp_utf8_missing";

    /// <summary>The mail server refuses us, not the mailbox: a blocklist, our HELO name or reverse DNS. See to Validation:Smtp; the verdict rests on DNS.</summary>
    public const string SenderBlocked = "sender_blocked";

    /// <summary>The mail server puts off whom it does not know. Ask again in a quarter of an hour; jobs do so by themselves.</summary>
    public const string Greylisted = "greylisted";

    /// <summary>The mail server put the answer off. Ask again later; jobs do so by themselves.</summary>
    public const string ServerBusy = "server_busy";

    /// <summary>None of the domain's mail servers could be connected to.</summary>
    public const string SmtpNoConnection = "smtp_no_connection";

    /// <summary>The mail server took longer than we wait. Ask again later.</summary>
    public const string SmtpTimeout = "smtp_timeout";

    /// <summary>The mail server broke off, or what it says is no SMTP.</summary>
    public const string SmtpBroken = "smtp_broken";

    /// <summary>Every reason there is.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InvalidSyntax, SpecialUseDomain, DotlessDomain, AddressLiteral, InternationalLocal, MxFound, ImplicitMx, NoMx, NullMx, DomainNotFound,
        DnsUnreachable, DnsTimeout, DnsFailure, Disposable, RoleAccount, FreeProvider, RuleAllow, RuleDeny, Suppressed, Imported, DoNotMail, SmtpNotProbed,
        HomographDomain, MailboxAccepted, CatchAllUnknown, CatchAll, MailboxNotFound, MailboxDisabled, MailboxFull, MailboxRejected, MailRefused,
        SmtpUtf8Missing, SenderBlocked, Greylisted, ServerBusy, SmtpNoConnection, SmtpTimeout, SmtpBroken,
    ];
}
