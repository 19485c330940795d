namespace ProspectOps.Validation.Calibration;

/// <summary>What was said of an address before its outcome was known.</summary>
/// <param name="BounceRate">How likely mail to it was held to bounce, 0 to 1.</param>
public sealed record Prediction(Verdict Verdict, int Score, MxFamily Family, double BounceRate);
