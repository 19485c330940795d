namespace ProspectOps.Platform.Signing;

/// <summary>What a verifier says of a request that came in.</summary>
public enum SignatureVerdict
{
    /// <summary>Signed by a holder of the secret, in time, and not seen here before.</summary>
    Valid,

    /// <summary>As <see cref="Valid"/>, but this process has taken it already: the sender did not get our answer, or somebody sends what they overheard.</summary>
    Replayed,

    /// <summary>It carries no signature.</summary>
    Missing,

    /// <summary>Its timestamp is over five minutes off, or is none.</summary>
    Stale,

    /// <summary>The signature is not that of the body.</summary>
    Wrong,
}
