namespace ProspectOps.Clay;

/// <summary>What became of the rows of a request. Rows that were taken before with the same content are in none of the three.</summary>
/// <param name="Accepted">People who are new to the campaign.</param>
/// <param name="Updated">People who were known, with something new about them.</param>
public sealed record InboundReply(int Accepted, int Updated, IReadOnlyList<RejectedInboundRow> Rejected);
