namespace ProspectOps.Prospects;

/// <summary>What the deduplicator keeps of a record: 32 bytes. A hash of 0 stands for nothing known.</summary>
internal readonly record struct DuplicateCandidate(int Line, ushort FilledFields, ulong Address, ulong Person, ulong Linkedin)
{
    public bool HasAddress => Address != 0;

    /// <summary>Whether this record is the one to keep of the two.</summary>
    public bool IsBetterThan(DuplicateCandidate other)
    {
        if (HasAddress != other.HasAddress)
            return HasAddress;
        return FilledFields != other.FilledFields ? FilledFields > other.FilledFields : Line < other.Line;
    }
}
