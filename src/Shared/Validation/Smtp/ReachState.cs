namespace ProspectOps.Validation.Smtp;

/// <summary>Whether mail servers can be asked.</summary>
public enum ReachState
{
    /// <summary>Switched off.</summary>
    Off,

    /// <summary>Not tried yet.</summary>
    Untested,

    /// <summary>A mail server answered.</summary>
    Open,

    /// <summary>None did: the provider or a firewall closes the port, or the proxy does not let through.</summary>
    Closed,
}
