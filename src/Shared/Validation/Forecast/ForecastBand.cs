namespace ProspectOps.Validation.Forecast;

/// <summary>Addresses of one verdict and ten points of score.</summary>
/// <param name="BounceRate">Held likely, on average.</param>
public sealed record ForecastBand(Verdict Verdict, int ScoreFrom, int ScoreTo, long Rows, double BounceRate);
