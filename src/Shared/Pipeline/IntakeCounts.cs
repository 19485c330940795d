namespace ProspectOps.Pipeline;

/// <summary>What came in: <c>Received</c> rows are rejected, duplicates, or <c>Unique</c>.</summary>
public sealed record IntakeCounts(long Received, long Rejected, long Duplicates, long Unique);
