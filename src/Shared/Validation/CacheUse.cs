namespace ProspectOps.Validation;

/// <summary>Which remembered verdicts may answer, and where new ones are kept.</summary>
public enum CacheUse
{
    /// <summary>Every address is asked about anew, and what comes of it is kept.</summary>
    Refresh,

    /// <summary>Memory alone: no storage call. For callers who read and write the stored cache themselves, in larger waves.</summary>
    Memory,

    /// <summary>Memory, then storage; new verdicts are kept in both.</summary>
    Storage,
}
