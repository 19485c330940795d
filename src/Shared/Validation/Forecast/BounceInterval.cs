namespace ProspectOps.Validation.Forecast;

/// <summary>Between which numbers of bounces the truth lies with the probability <c>Level</c>, and the same as rates.</summary>
public sealed record BounceInterval(double Level, double Low, double High, double LowRate, double HighRate);
