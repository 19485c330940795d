namespace ProspectOps.Functions.Validation;

/// <param name="Reported">Addresses with an outcome that had been judged before.</param>
/// <param name="Unpredicted">Addresses with an outcome that had not.</param>
/// <param name="PredictedBounceRate">0 to 1; missing without outcomes.</param>
public sealed record OutcomeStatsView(long Reported, long Unpredicted, double? PredictedBounceRate, double? SeenBounceRate);
