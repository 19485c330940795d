namespace ProspectOps.Validation.Import;

/// <param name="Row">Its number, 1 for the first below the header.</param>
public sealed record RejectedImport(long Row, string Reason);
