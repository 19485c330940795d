namespace ProspectOps.Validation.Calibration;

/// <summary>Predicted against seen, for the addresses of one family of mail servers and one band of scores.</summary>
/// <param name="ScoreFrom">The lowest score of the band.</param>
/// <param name="ScoreTo">The highest score of the band.</param>
/// <param name="Reported">Addresses with an outcome.</param>
/// <param name="PredictedBounceRate">The mean of what was predicted for them, 0 to 1.</param>
/// <param name="SeenBounceRate">The part that bounced.</param>
public sealed record ReliabilityRow(
    MxFamily MxFamily,
    int ScoreFrom,
    int ScoreTo,
    long Reported,
    long Delivered,
    long Bounced,
    long Complained,
    double PredictedBounceRate,
    double SeenBounceRate);
