namespace ProspectOps.Pipeline;

/// <summary>A row that repeats the person of another, and which.</summary>
public sealed record DuplicateRow(int Line, int DuplicateOf, string? Email, string? FirstName, string? LastName, string? Company);
