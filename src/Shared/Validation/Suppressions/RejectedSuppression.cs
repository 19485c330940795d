namespace ProspectOps.Validation.Suppressions;

/// <param name="Index">Its place in the list, 0 for the first; of a file, its row below the header, 0 for the first.</param>
public sealed record RejectedSuppression(int Index, string Reason);
