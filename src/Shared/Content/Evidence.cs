namespace ProspectOps.Content;

/// <summary>What a claim rests on.</summary>
/// <param name="Claim">The words of the message.</param>
/// <param name="From">A path: <c>prospect.title</c>, <c>pack.pains.bonus-abuse</c>, <c>analysis.reasons.role</c>, <c>sender.offer</c>.</param>
public sealed record Evidence(string Claim, string From);
