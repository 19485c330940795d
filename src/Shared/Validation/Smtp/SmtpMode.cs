namespace ProspectOps.Validation.Smtp;

/// <summary>The way to mail servers.</summary>
public enum SmtpMode
{
    /// <summary>None: verdicts say <c>smtp_not_probed</c>.</summary>
    Off,

    /// <summary>Straight from this machine, whose port 25 has to be open.</summary>
    Direct,

    /// <summary>Through a SOCKS5 proxy (RFC 1928).</summary>
    Socks5,
}
