namespace ProspectOps.Pipeline;

/// <summary>A row that did not come into the campaign, and why.</summary>
public sealed record RejectedRow(int Line, string Reason, string? Email);
