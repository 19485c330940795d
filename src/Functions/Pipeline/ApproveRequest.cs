namespace ProspectOps.Functions.Pipeline;

public sealed record ApproveRequest(bool? Approved, string? Note);
