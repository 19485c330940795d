namespace ProspectOps.Validation.Jobs;

/// <summary>A row that repeats another.</summary>
public sealed record DuplicatePair(long Row, string Email, long DuplicateOf, string DuplicateOfEmail);
