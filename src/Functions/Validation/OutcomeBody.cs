using ProspectOps.Validation.Calibration;

namespace ProspectOps.Functions.Validation;

public sealed record OutcomeBody(string? Email, Outcome? Outcome);
