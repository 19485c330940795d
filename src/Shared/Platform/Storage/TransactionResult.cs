namespace ProspectOps.Platform.Storage;

/// <summary>How a transaction ended: all of it, or nothing and which write stood in the way.</summary>
/// <param name="FailedIndex">The write that could not be done; -1 where all were.</param>
/// <param name="Versions">The rows' new versions, in the order of the writes; null for a delete.</param>
public sealed record TransactionResult(int FailedIndex, IReadOnlyList<string?> Versions)
{
    public bool Committed => FailedIndex < 0;

    public static TransactionResult Failed(int index) => new(index, []);
}
