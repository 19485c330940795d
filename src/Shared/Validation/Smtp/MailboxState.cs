namespace ProspectOps.Validation.Smtp;

/// <summary>What asking a mail server about a mailbox came to.</summary>
public enum MailboxState
{
    /// <summary>Nobody was asked: probing is off, port 25 is closed, or no server of the domain may be talked to.</summary>
    NotAsked,

    /// <summary>RCPT was accepted.</summary>
    Accepted,

    /// <summary>There is no such mailbox (5.1.1 and its like).</summary>
    NotFound,

    /// <summary>The mailbox exists and is disabled (5.2.1).</summary>
    Disabled,

    /// <summary>The mailbox exists and is full (x.2.2).</summary>
    Full,

    /// <summary>Refused for good, for a reason that the server does not tell well enough.</summary>
    Rejected,

    /// <summary>The server takes no mail for the domain, or none at all: relaying denied, 521, 556 (RFC 7504).</summary>
    NoMailHere,

    /// <summary>The server has something against us, not against the mailbox: a blocklist, our name, our sender.</summary>
    SenderBlocked,

    /// <summary>Put off because we are unknown to it; asking again later is what it waits for.</summary>
    Greylisted,

    /// <summary>Another temporary refusal: too busy, too many, out of order.</summary>
    PutOff,

    /// <summary>The mailbox needs SMTPUTF8 (RFC 6531), which the server does not offer.</summary>
    NeedsSmtpUtf8,

    /// <summary>No mail server of the domain could be connected to.</summary>
    NoConnection,

    /// <summary>The server took longer than we wait.</summary>
    TimedOut,

    /// <summary>The server broke off, or what it said is no SMTP.</summary>
    Broken,
}
