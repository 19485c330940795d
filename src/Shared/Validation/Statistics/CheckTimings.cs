namespace ProspectOps.Validation.Statistics;

/// <summary>How long checks took.</summary>
/// <param name="Count">Checks measured: those that no remembered verdict answered.</param>
public sealed record CheckTimings(long Count, double MeanMs, double MedianMs, double P95Ms, double P99Ms);
