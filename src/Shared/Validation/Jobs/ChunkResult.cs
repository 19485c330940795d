namespace ProspectOps.Validation.Jobs;

/// <summary>What a chunk came to.</summary>
/// <param name="Places">Where in its wave each address stands.</param>
/// <param name="Results">In the same order.</param>
public sealed record ChunkResult(int[] Places, ValidationResult[] Results);
