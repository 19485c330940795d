namespace ProspectOps.Validation.Dns;

/// <summary>Whether a domain takes mail, as far as DNS tells.</summary>
public enum MailDomainState
{
    /// <summary>It names mail servers.</summary>
    Mx,

    /// <summary>It names none, but has an address, which stands for one (RFC 5321 §5.1).</summary>
    ImplicitMx,

    /// <summary>It says that it takes none (RFC 7505).</summary>
    NullMx,

    /// <summary>It exists, with neither a mail server nor an address.</summary>
    NoMail,

    /// <summary>It does not exist.</summary>
    NotFound,

    /// <summary>DNS answers, but not for this domain in time.</summary>
    Timeout,

    /// <summary>The name servers report a failure.</summary>
    Failed,

    /// <summary>No name server can be reached that knows the public DNS.</summary>
    Unreachable,
}
