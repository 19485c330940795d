namespace ProspectOps.Validation.Jobs;

/// <summary>What a chunk has come to.</summary>
/// <param name="Places">Where in its wave each address stands.</param>
/// <param name="Results">In the same order; null where nothing is known yet.</param>
/// <param name="Deferred">Indexes of those whose mail server put the answer off, so that what stands there is not the last word.</param>
public sealed record ChunkResult(int[] Places, ValidationResult?[] Results, int[] Deferred)
{
    public static ChunkResult Begin(ChunkInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ChunkResult(input.Places, new ValidationResult?[input.Emails.Length], []);
    }

    /// <summary>Whether this one will not be asked about again.</summary>
    public bool IsFinal(int index) => Results[index] is not null && !Deferred.Contains(index);

    public bool IsWhole => Deferred.Length == 0 && Array.TrueForAll(Results, result => result is not null);
}
