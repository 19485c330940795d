namespace ProspectOps.Clay;

/// <summary>A row of a request that was not taken, and why.</summary>
/// <param name="Index">Its place in the request, 0 for the first.</param>
public sealed record RejectedInboundRow(int Index, string Reason);
