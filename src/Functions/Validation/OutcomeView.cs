using ProspectOps.Validation.Calibration;

namespace ProspectOps.Functions.Validation;

/// <param name="Predicted">What had been said of the address; missing where it was not judged lately.</param>
public sealed record OutcomeView(string Email, Outcome Outcome, Prediction? Predicted);
