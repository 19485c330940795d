namespace ProspectOps.Validation.Suppressions;

/// <summary>What came of adding suppressions.</summary>
/// <param name="Known">Those that were there, or given more than once.</param>
/// <param name="Rejected">What is no address: the first thousand.</param>
public sealed record AddedSuppressions(int Added, int Known, IReadOnlyList<RejectedSuppression> Rejected);
