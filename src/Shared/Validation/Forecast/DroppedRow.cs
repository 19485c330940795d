namespace ProspectOps.Validation.Forecast;

/// <param name="BounceRate">How likely mail to it is held to bounce.</param>
public sealed record DroppedRow(long Row, string Email, Verdict Verdict, int Score, double BounceRate);
