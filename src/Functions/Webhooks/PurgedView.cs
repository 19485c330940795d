namespace ProspectOps.Functions.Webhooks;

/// <param name="Deleted">How many dead letters were deleted.</param>
public sealed record PurgedView(int Deleted);
