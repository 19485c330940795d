namespace ProspectOps.Validation.Dns;

/// <summary>How a question ended.</summary>
internal enum DnsStatus
{
    /// <summary>The name exists; there may still be no record of the type.</summary>
    Answered,

    /// <summary>NXDOMAIN: there is no such name.</summary>
    NoSuchName,

    /// <summary>SERVFAIL, REFUSED or another failure, from every server asked.</summary>
    Failed,

    /// <summary>Nobody answered.</summary>
    NoAnswer,
}
